"""Blocks of every format with the values that the `gguf` package decodes, and a tiny model.

    pip install gguf==0.19.0 numpy==2.4.6 && python make.py   (in this folder)
"""
import base64
import json
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType as Type
from gguf import GGUFWriter
from gguf.constants import GGML_QUANT_SIZES
from gguf.quants import dequantize, quantize

HERE = Path(__file__).parent
FORMATS = ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q6_K"]
# Bytes of the half-precision scales within a block; the rest of a block may hold any bits.
SCALES = {"Q4_1": (0, 2), "Q5_1": (0, 2), "Q4_K": (0, 2), "Q6_K": (208,)}


def random_blocks(name, rng):
    weights, size = GGML_QUANT_SIZES[Type[name]]
    count = 3 if weights > 1 else 32
    if weights == 1:
        values = rng.standard_normal(count).astype(np.float32)
        return quantize(values, Type[name]).view(np.uint8).reshape(-1)
    blocks = rng.integers(0, 256, (count, size), dtype=np.uint8)
    for at in SCALES.get(name, (0,)):
        blocks[:, at : at + 2] = rng.standard_normal((count, 1)).astype(np.float16).view(np.uint8)
    return blocks.reshape(-1)


def blocks():
    rng = np.random.default_rng(7)
    out = {}
    for name in FORMATS:
        data = random_blocks(name, rng)
        values = dequantize(data, Type[name]).astype(np.float32).reshape(-1)
        out[name] = {
            "type": int(Type[name]),
            "blocks": base64.b64encode(data.tobytes()).decode(),
            "float32": base64.b64encode(values.tobytes()).decode(),
        }
    (HERE / "blocks.json").write_text(json.dumps(out, indent=1))


def read_safetensors(path):
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    header.pop("__metadata__", None)
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        data = np.frombuffer(raw[8 + size + begin : 8 + size + end], dtype=np.float32)
        yield name, data.reshape(entry["shape"])


def interleaved(weight, heads):
    """Rotate-half rows to the neighbouring pairs of llama's GGUF files."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(weight.shape)


NAMES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}
TOP = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight", "lm_head.weight": "output.weight"}


def tiny_model(name, architecture):
    folder = HERE.parent / "models" / name
    config = json.loads((folder / "config.json").read_text())
    writer = GGUFWriter(HERE / f"{name}.gguf", architecture)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_pad_token_id(config["pad_token_id"])
    for key, weight in read_safetensors(folder / "model.safetensors"):
        if key in TOP:
            writer.add_tensor(TOP[key], weight)
            continue
        _, _, layer, *parts, kind = key.split(".")
        short = NAMES[".".join(parts)]
        if architecture == "llama" and short in ("attn_q", "attn_k"):
            heads = "num_attention_heads" if short == "attn_q" else "num_key_value_heads"
            weight = interleaved(weight, config[heads])
        writer.add_tensor(f"blk.{layer}.{short}.{kind}", np.ascontiguousarray(weight))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


blocks()
tiny_model("tiny-llama", "llama")
tiny_model("tiny-qwen2", "qwen2")
