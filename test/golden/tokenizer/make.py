"""Three byte-level BPEs of 400 tokens with the ids that the `tokenizers` package gives.

    pip install tokenizers==0.23.3 && python make.py   (in this folder)
"""
import json
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

HERE = Path(__file__).parent
WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def split(digits):
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(WORDS % digits), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])


PRE = {
    "smollm": pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False),
    ]),
    "qwen2": split(r"\p{N}"),
    "llama-bpe": split(r"\p{N}{1,3}"),
}
CORPUS = [
    "select b.secuabbr, count(*) from mf_fundarchives as b where strftime('%Y', b.startdate)='2021' group by 1;",
    "What is the capital of France? I'll say it isn't 12345, don't you?",
    "SELECT name FROM fund WHERE nav > 1.25 ORDER BY nav DESC LIMIT 10",
    "各基金今年以来回报率数据 2020年 的基金回报率",
] * 4
TEXTS = [
    "", " ", "Hello world", "select count(*) from fund where year=2021;", "I'LL don't WE'VE",
    "各基金 2020年回报率", "  two  spaces\n\n\ttab\r\n end ", "1234567 ½ x² ٣٤", "café cafe\u0301 ☕😀",
    "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", "a<|im_end|>b", "x\u0000y\u00a0z",
]

for name, pre in PRE.items():
    tokenizer = Tokenizer(models.BPE(ignore_merges=name == "llama-bpe"))
    tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoders.ByteLevel()
    if name == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=[AddedToken(token, special=True, normalized=False) for token in special],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    cases = [{"text": text, "ids": tokenizer.encode(text).ids} for text in TEXTS]
    for case in cases:
        case["decoded"] = tokenizer.decode(case["ids"], skip_special_tokens=True)
    (HERE / f"{name}.json").write_text(
        json.dumps({"tokenizer": json.loads(tokenizer.to_str()), "cases": cases}, ensure_ascii=False)
    )
