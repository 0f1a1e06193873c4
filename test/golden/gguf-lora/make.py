"""A LoRA of the tiny Llama as llama.cpp's converter writes it, by the `gguf` package.

    pip install gguf==0.19.0 numpy==2.4.6 && python make.py   (in this folder)
"""
import json
from pathlib import Path

import numpy as np
from gguf import GGUFWriter

HERE = Path(__file__).parent
ADAPTER = HERE.parent / "peft-llm" / "lora-all-linear"
MODEL = HERE.parent / "models" / "tiny-llama"
LAYERS = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def tensors(path):
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    header.pop("__metadata__", None)
    for name, entry in sorted(header.items()):
        begin, end = entry["data_offsets"]
        data = np.frombuffer(raw[8 + size + begin : 8 + size + end], dtype=np.float32)
        yield name, data.reshape(entry["shape"])


def permuted(b, heads):
    return b.reshape(heads, 2, b.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(b.shape)


config = json.loads((ADAPTER / "adapter_config.json").read_text())
model = json.loads((MODEL / "config.json").read_text())
heads = {"q_proj": model["num_attention_heads"], "k_proj": model["num_key_value_heads"]}
writer = GGUFWriter(HERE / "lora-all-linear.gguf", "llama")
writer.add_type("adapter")
writer.add_string("adapter.type", "lora")
writer.add_float32("adapter.lora.alpha", float(config["lora_alpha"]))
for name, data in tensors(ADAPTER / "adapter_model.safetensors"):
    _, _, _, _, layer, *module, factor, _ = name.split(".")
    module = ".".join(module)
    if factor == "lora_B" and module.split(".")[-1] in heads:
        data = permuted(data, heads[module.split(".")[-1]])
    writer.add_tensor(f"blk.{layer}.{LAYERS[module]}.weight.{factor.lower()}", np.ascontiguousarray(data))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
