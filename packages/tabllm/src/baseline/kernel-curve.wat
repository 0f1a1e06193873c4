;; The curve of the kernel, exp(scale · ‖x − z‖²) for each spanning row z, two numbers at a time: the steps of
;; `plainCurve` and `fastExp`, each rounded alike. `kernel-curve-bytes.ts` has it as bytes: after a change,
;; npx vitest run packages/tabllm/src/baseline/lanes-program.test.ts --update
(module
  (import "js" "memory" (memory 1))

  ;; Kernels with two spanning rows, from their products with the row: 1 where the distance is none or less,
  ;; 0 below exp(−40), else 2 parts of the exponent: a table at steps of 1/64, and Taylor's series of the rest.
  (func $kernels (param $product v128) (param $squares i32) (param $square v128) (param $scale v128)
    (param $table i32) (result v128)
    (local $distance v128) (local $apart v128) (local $near v128)
    (local $x v128) (local $part v128) (local $rest v128)
    ;; distance = ‖x‖² + ‖z‖² − 2·x·z
    (local.set $distance (f64x2.sub
      (f64x2.add (local.get $square) (v128.load (local.get $squares)))
      (f64x2.mul (f64x2.splat (f64.const 2)) (local.get $product))))
    (local.set $apart (f64x2.gt (local.get $distance) (f64x2.splat (f64.const 0))))
    (local.set $x (f64x2.mul (local.get $distance) (local.get $scale)))
    (local.set $near (f64x2.gt (local.get $x) (f64x2.splat (f64.const -40))))
    ;; What is not used is 0, so that it finds a place in the table.
    (local.set $x (v128.and (local.get $x) (v128.and (local.get $near) (local.get $apart))))
    (local.set $part (i32x4.trunc_sat_f64x2_s_zero
      (f64x2.mul (f64x2.neg (local.get $x)) (f64x2.splat (f64.const 64)))))
    (local.set $rest (f64x2.add (local.get $x)
      (f64x2.mul (f64x2.convert_low_i32x4_s (local.get $part)) (f64x2.splat (f64.const 0.015625)))))
    (local.set $part (i32x4.shl (local.get $part) (i32.const 3)))
    (v128.bitselect
      (v128.and (local.get $near) (f64x2.mul
        (v128.load64_lane 1
          (i32.add (local.get $table) (i32x4.extract_lane 1 (local.get $part)))
          (v128.load64_zero (i32.add (local.get $table) (i32x4.extract_lane 0 (local.get $part)))))
        ;; 1 + rest·(1 + rest·(1/2 + rest·(1/6 + rest·1/24)))
        (f64x2.add (f64x2.splat (f64.const 1)) (f64x2.mul (local.get $rest)
        (f64x2.add (f64x2.splat (f64.const 1)) (f64x2.mul (local.get $rest)
        (f64x2.add (f64x2.splat (f64.const 0.5)) (f64x2.mul (local.get $rest)
        (f64x2.add (f64x2.splat (f64.const 0.16666666666666666)) (f64x2.mul (local.get $rest)
          (f64x2.splat (f64.const 0.041666666666666664))))))))))))
      (f64x2.splat (f64.const 1))
      (local.get $apart)))

  ;; An entry of the row takes 16 bytes: its value (f64), and where the column of the spanning rows begins
  ;; (i32, bytes). Eight spanning rows at a time.
  (func (export "curve") (param $entries i32) (param $end i32) (param $squares i32) (param $into i32)
    (param $last i32) (param $table i32) (param $squared f64) (param $scaled f64)
    (local $entry i32) (local $at i32) (local $lanes i32) (local $value v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $square v128) (local $scale v128)
    (local.set $square (f64x2.splat (local.get $squared)))
    (local.set $scale (f64x2.splat (local.get $scaled)))
    (loop $eights
      (local.set $a (f64x2.splat (f64.const 0)))
      (local.set $b (local.get $a))
      (local.set $c (local.get $a))
      (local.set $d (local.get $a))
      (local.set $entry (local.get $entries))
      (block $done
        (loop $products
          (br_if $done (i32.ge_u (local.get $entry) (local.get $end)))
          (local.set $value (v128.load64_splat (local.get $entry)))
          (local.set $at (i32.add (local.get $lanes) (i32.load offset=8 (local.get $entry))))
          (local.set $a (f64x2.add (local.get $a) (f64x2.mul (local.get $value)
            (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $at))))))
          (local.set $b (f64x2.add (local.get $b) (f64x2.mul (local.get $value)
            (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $at))))))
          (local.set $c (f64x2.add (local.get $c) (f64x2.mul (local.get $value)
            (f64x2.promote_low_f32x4 (v128.load64_zero offset=16 (local.get $at))))))
          (local.set $d (f64x2.add (local.get $d) (f64x2.mul (local.get $value)
            (f64x2.promote_low_f32x4 (v128.load64_zero offset=24 (local.get $at))))))
          (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
          (br $products)))
      (v128.store (local.get $into) (call $kernels
        (local.get $a) (local.get $squares) (local.get $square) (local.get $scale) (local.get $table)))
      (v128.store offset=16 (local.get $into) (call $kernels
        (local.get $b) (i32.add (local.get $squares) (i32.const 16))
        (local.get $square) (local.get $scale) (local.get $table)))
      (v128.store offset=32 (local.get $into) (call $kernels
        (local.get $c) (i32.add (local.get $squares) (i32.const 32))
        (local.get $square) (local.get $scale) (local.get $table)))
      (v128.store offset=48 (local.get $into) (call $kernels
        (local.get $d) (i32.add (local.get $squares) (i32.const 48))
        (local.get $square) (local.get $scale) (local.get $table)))
      (local.set $lanes (i32.add (local.get $lanes) (i32.const 32)))
      (local.set $squares (i32.add (local.get $squares) (i32.const 64)))
      (br_if $eights (i32.lt_u
        (local.tee $into (i32.add (local.get $into) (i32.const 64)))
        (local.get $last))))))
