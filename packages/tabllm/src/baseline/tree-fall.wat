;; 128 rows fall through trees together, a bit each: `plainFall` with four words at once. `tree-fall-bytes.ts`
;; has it as bytes: after a change,
;; npx vitest run packages/tabllm/src/baseline/lanes-program.test.ts --update
(module
  (import "js" "memory" (memory 1))

  ;; Adds the entries of a leaf, f32, to the sums, f64, of 64 of the rows.
  (func $add (param $rows i64) (param $leaf i32) (param $outputs i32) (param $sums i32)
    (local $into i32) (local $entry i32) (local $left i32)
    (block $none
      (loop $row
        (br_if $none (i64.eqz (local.get $rows)))
        (local.set $into (i32.add (local.get $sums) (i32.shl (i32.mul
          (i32.wrap_i64 (i64.ctz (local.get $rows))) (local.get $outputs)) (i32.const 3))))
        (local.set $entry (local.get $leaf))
        (local.set $left (local.get $outputs))
        (loop $output
          (f64.store (local.get $into) (f64.add
            (f64.load (local.get $into)) (f64.promote_f32 (f32.load (local.get $entry)))))
          (local.set $into (i32.add (local.get $into) (i32.const 8)))
          (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
          (br_if $output (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (local.set $rows (i64.and (local.get $rows) (i64.sub (local.get $rows) (i64.const 1))))
        (br $row))))

  ;; Counts the votes of a tree, as `countVotes` does; the next tree begins without.
  (func $count (param $votes i32) (param $end i32) (param $places i32) (param $room i32)
    (local $carried v128) (local $before v128) (local $place i32)
    (loop $class
      (local.set $carried (v128.load (local.get $votes)))
      (v128.store (local.get $votes) (v128.const i64x2 0 0))
      (local.set $place (local.get $places))
      (block $done
        (loop $carry
          (br_if $done (i32.eqz (v128.any_true (local.get $carried))))
          (local.set $before (v128.load (local.get $place)))
          (v128.store (local.get $place) (v128.xor (local.get $before) (local.get $carried)))
          (local.set $carried (v128.and (local.get $before) (local.get $carried)))
          (local.set $place (i32.add (local.get $place) (i32.const 16)))
          (br $carry)))
      (local.set $places (i32.add (local.get $places) (local.get $room)))
      (br_if $class (i32.lt_u
        (local.tee $votes (i32.add (local.get $votes) (i32.const 16)))
        (local.get $end)))))

  ;; Nodes take 12 bytes: where the answers to the question stand, and the left and the right node, or the
  ;; complement of a leaf. Nodes that wait take 32: the node, and at 16 its rows.
  (func (export "fall") (param $root i32) (param $end i32) (param $all i32) (param $waiting i32)
    (param $leaves i32) (param $voted i32) (param $outputs i32) (param $votes i32) (param $places i32)
    (param $room i32) (param $sums i32)
    (local $node i32) (local $depth i32) (local $leaf i32)
    (local $rows v128) (local $left v128) (local $right v128)
    (if (i32.ge_u (local.get $root) (local.get $end)) (then (return)))
    (loop $tree
      (local.set $node (i32.load (local.get $root)))
      (local.set $rows (v128.load (local.get $all)))
      (local.set $depth (local.get $waiting))
      (block $fallen
        (loop $next
          (block $inner
            (br_if $inner (i32.ge_s (local.get $node) (i32.const 0)))
            (local.set $leaf (i32.xor (local.get $node) (i32.const -1)))
            (if (i32.lt_s (local.get $leaf) (local.get $voted))
              (then
                (local.set $leaf (i32.add (local.get $votes) (i32.shl (local.get $leaf) (i32.const 4))))
                (v128.store (local.get $leaf) (v128.or (v128.load (local.get $leaf)) (local.get $rows))))
              (else
                (local.set $leaf (i32.add (local.get $leaves)
                  (i32.shl (i32.sub (local.get $leaf) (local.get $voted)) (i32.const 2))))
                (call $add (i64x2.extract_lane 0 (local.get $rows))
                  (local.get $leaf) (local.get $outputs) (local.get $sums))
                (call $add (i64x2.extract_lane 1 (local.get $rows))
                  (local.get $leaf) (local.get $outputs)
                  (i32.add (local.get $sums) (i32.shl (local.get $outputs) (i32.const 9))))))
            (br_if $fallen (i32.eq (local.get $depth) (local.get $waiting)))
            (local.set $depth (i32.sub (local.get $depth) (i32.const 32)))
            (local.set $node (i32.load (local.get $depth)))
            (local.set $rows (v128.load offset=16 (local.get $depth)))
            (br $next))
          (local.set $left (v128.load (i32.load (local.get $node))))
          (local.set $right (v128.andnot (local.get $rows) (local.get $left)))
          (local.set $left (v128.and (local.get $rows) (local.get $left)))
          (if (i32.eqz (v128.any_true (local.get $left)))
            (then
              (local.set $node (i32.load offset=8 (local.get $node)))
              (br $next)))
          (if (v128.any_true (local.get $right))
            (then
              (i32.store (local.get $depth) (i32.load offset=8 (local.get $node)))
              (v128.store offset=16 (local.get $depth) (local.get $right))
              (local.set $depth (i32.add (local.get $depth) (i32.const 32)))
              (local.set $rows (local.get $left))))
          (local.set $node (i32.load offset=4 (local.get $node)))
          (br $next)))
      (if (local.get $voted)
        (then (call $count (local.get $votes)
          (i32.add (local.get $votes) (i32.shl (local.get $voted) (i32.const 4)))
          (local.get $places) (local.get $room))))
      (br_if $tree (i32.lt_u
        (local.tee $root (i32.add (local.get $root) (i32.const 4)))
        (local.get $end))))))
