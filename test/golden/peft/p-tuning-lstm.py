"""Writes p-tuning-lstm.json: output and gradients of HF-PEFT's LSTM prompt encoder.

Run: python p-tuning-lstm.py   (needs torch and peft 0.21.2)
"""

import json
import pathlib

import peft
import torch
from peft import PromptEncoderConfig
from peft.tuners.p_tuning.model import PromptEncoder

torch.manual_seed(7)
config = PromptEncoderConfig(
    task_type="CAUSAL_LM",
    num_virtual_tokens=4,
    token_dim=3,
    num_transformer_submodules=1,
    num_attention_heads=1,
    num_layers=1,
    encoder_reparameterization_type="LSTM",
    encoder_hidden_size=2,
    encoder_num_layers=2,
)
encoder = PromptEncoder(config)
output = encoder(torch.arange(4))
(output * (torch.arange(12.0).reshape(4, 3) / 10 - 0.5)).sum().backward()


def saved(tensor):
    values = tensor.detach().flatten().tolist()
    return {"shape": list(tensor.shape), "data": [float(f"{value:.8g}") for value in values]}


content = {
    "origin": f"peft {peft.__version__} PromptEncoder, torch {torch.__version__}, seed 7",
    "parameters": {name: saved(value) for name, value in encoder.named_parameters()},
    "output": saved(output),
    "gradients": {name: saved(value.grad) for name, value in encoder.named_parameters()},
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(content) + "\n")
