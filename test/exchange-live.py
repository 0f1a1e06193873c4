"""The other side of exchange-live.test.ts: Hugging Face PEFT loads our adapters and makes some of its own.

usage: python exchange-live.py MODELS FOLDER
FOLDER/ours.json: {"ids": [...], "adapters": [{"name", "base", "merged"}]}, each adapter in FOLDER/<name>,
its base with it in the weights in FOLDER/<name>-merged where "merged" is true.
Prints JSON: {"versions": {...}, "ours": {name: logits}, "merged": {name: logits}, "theirs": {name: {"base", "logits"}}}.
"""

import contextlib
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ["HF_HUB_OFFLINE"] = "1"

import peft
import torch
import transformers

transformers.logging.set_verbosity_error()
models, folder = sys.argv[1:3]
wanted = json.load(open(f"{folder}/ours.json"))
ids = torch.tensor([wanted["ids"]])


def base(name):
    return transformers.AutoModelForCausalLM.from_pretrained(f"{models}/{name}", dtype=torch.float32)


def logits(model):
    with torch.no_grad():
        # Prompt methods answer for the virtual tokens, too.
        return model.eval()(input_ids=ids).logits[0, -ids.shape[1] :].tolist()


common = {"task_type": "CAUSAL_LM"}
theirs = {
    "lora": ("tiny-llama", peft.LoraConfig(r=4, target_modules="all-linear", use_rslora=True, **common)),
    "dora": ("tiny-qwen2", peft.LoraConfig(r=4, use_dora=True, bias="all", **common)),
    "lora-tied": (
        "tiny-llama",
        peft.LoraConfig(r=4, modules_to_save=["embed_tokens"], ensure_weight_tying=True, **common),
    ),
    "pissa-embedding": (
        "tiny-qwen2",
        peft.LoraConfig(r=4, init_lora_weights="pissa", target_modules=["q_proj", "embed_tokens"], **common),
    ),
    "adalora": ("tiny-qwen2", peft.AdaLoraConfig(init_r=4, target_r=2, total_step=10, **common)),
    "ia3": ("tiny-llama", peft.IA3Config(**common)),
    "ln-tuning": ("tiny-qwen2", peft.LNTuningConfig(**common)),
    "prompt-tuning": ("tiny-llama", peft.PromptTuningConfig(num_virtual_tokens=3, **common)),
    "p-tuning": ("tiny-llama", peft.PromptEncoderConfig(num_virtual_tokens=3, encoder_hidden_size=8, **common)),
    "prefix-tuning": (
        "tiny-qwen2",
        peft.PrefixTuningConfig(num_virtual_tokens=3, prefix_projection=True, encoder_hidden_size=8, **common),
    ),
}
report = {"versions": {m.__name__: m.__version__ for m in (torch, transformers, peft)}, "ours": {}, "merged": {}, "theirs": {}}
with contextlib.redirect_stdout(sys.stderr):
    for adapter in wanted["adapters"]:
        model = peft.PeftModel.from_pretrained(base(adapter["base"]), f"{folder}/{adapter['name']}")
        report["ours"][adapter["name"]] = logits(model)
        if adapter["merged"]:
            merged = transformers.AutoModelForCausalLM.from_pretrained(
                f"{folder}/{adapter['name']}-merged", dtype=torch.float32
            )
            report["merged"][adapter["name"]] = logits(merged)
    torch.manual_seed(0)
    for name, (start, config) in theirs.items():
        model = peft.get_peft_model(base(start), config)
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.data += 0.1 * torch.randn_like(parameter)
        report["theirs"][name] = {"base": start, "logits": logits(model)}
        model.save_pretrained(f"{folder}/theirs-{name}")
print(json.dumps(report))
