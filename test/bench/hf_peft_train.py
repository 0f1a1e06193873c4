"""The other side of `quaestor bench train`: Hugging Face PEFT + transformers + PyTorch, float32.

usage: python hf_peft_train.py MODEL.gguf [--method lora] [--targets all-linear|qv] [--batch 4 --length 256 --labels 40 --steps 4]
Needs an environment with: torch transformers peft gguf. Prints one JSON line.
"""

import argparse
import json
import os
import resource
import time

arguments = argparse.ArgumentParser()
arguments.add_argument("model")
arguments.add_argument(
    "--method", choices=["lora", "dora", "adalora", "ia3", "prompt-tuning", "prefix-tuning"], default="lora"
)
arguments.add_argument("--targets", choices=["all-linear", "qv"], default="all-linear")
arguments.add_argument("--batch", type=int, default=4)
arguments.add_argument("--length", type=int, default=256)
arguments.add_argument("--labels", type=int, default=40)
arguments.add_argument("--steps", type=int, default=4)
arguments.add_argument("--threads", type=int, default=os.cpu_count())
options = arguments.parse_args()

import peft
import torch
import transformers

torch.manual_seed(1)
torch.set_num_threads(options.threads)
folder, file = os.path.split(os.path.abspath(options.model))
model = transformers.AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
targets = "all-linear" if options.targets == "all-linear" else ["q_proj", "v_proj"]
rank = 16 if options.targets == "all-linear" else 8
common = {"task_type": "CAUSAL_LM"}
configs = {
    "lora": lambda: peft.LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=targets, **common),
    "dora": lambda: peft.LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=targets, use_dora=True, **common),
    "adalora": lambda: peft.AdaLoraConfig(
        init_r=12, target_r=8, lora_alpha=16, target_modules=targets, total_step=options.steps + 1, tinit=1, tfinal=1, deltaT=1, **common
    ),
    "ia3": lambda: peft.IA3Config(**common),
    "prompt-tuning": lambda: peft.PromptTuningConfig(num_virtual_tokens=20, **common),
    "prefix-tuning": lambda: peft.PrefixTuningConfig(num_virtual_tokens=20, **common),
}
config = configs[options.method]()
model = peft.get_peft_model(model, config)
model.train()
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-4)
ids = torch.randint(0, 49000, (options.batch, options.length))
labels = ids.clone()
labels[:, : options.length - options.labels] = -100

seconds = []
for _ in range(options.steps + 1):
    start = time.perf_counter()
    loss = model(input_ids=ids, labels=labels).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    if options.method == "adalora":
        model.base_model.update_and_allocate(len(seconds))
    optimizer.zero_grad()
    seconds.append(time.perf_counter() - start)

# Matrix product, for the engines' raw speed.
a, b = torch.randn(1024, 1536), torch.randn(1536, 1536)
best = min(_ for _ in [(lambda s: (a @ b, time.perf_counter() - s)[1])(time.perf_counter()) for _ in range(10)])
tokens = options.batch * options.length
print(
    json.dumps(
        {
            "side": "hf-peft",
            "versions": {m.__name__: m.__version__ for m in (torch, transformers, peft)},
            "threads": options.threads,
            "method": options.method,
            "targets": options.targets,
            "rank": rank,
            "batch": options.batch,
            "length": options.length,
            "labels": options.labels,
            "tokensPerSecond": [round(tokens / s, 1) for s in seconds[1:]],
            "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "matmulGflops": round(2 * 1024 * 1536 * 1536 / best / 1e9, 1),
        }
    )
)
