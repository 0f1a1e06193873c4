"""What HF-PEFT's add_weighted_adapter makes of small random adapters.

Run once for each peft version, into the same file:
    python make.py expected.json
The adapters are written by the first run and read by the later ones.
"""

import json
import sys
from pathlib import Path

import peft
import torch
from peft import IA3Config, LoraConfig, get_peft_model

SIZES = {"q_proj": (6, 8), "v_proj": (8, 5)}
SETS = {
    "plain": [dict(r=4, lora_alpha=8), dict(r=4, lora_alpha=8)],
    "rslora": [dict(r=4, lora_alpha=8, use_rslora=True), dict(r=4, lora_alpha=8, use_rslora=True)],
    "mixed": [
        dict(r=2, lora_alpha=6),
        dict(r=4, lora_alpha=4, target_modules=["q_proj"]),
        dict(r=3, lora_alpha=6, rank_pattern={"v_proj": 1}, alpha_pattern={"v_proj": 5}),
    ],
}
PRUNED = [("magnitude_prune", "total"), ("ties", "total"), ("ties", "frequency")]
CASES = (
    [("plain", [0.7, w], kind, "total") for w in (0.3, -0.4) for kind in ("cat", "linear", "svd")]
    + [("plain", [0.7, w], kind + end, sign) for w in (0.3, -0.4) for kind, sign in PRUNED for end in ("", "_svd")]
    + [("rslora", [0.7, 0.3], kind, "total") for kind in ("cat", "linear", "svd", "ties", "ties_svd")]
    + [("mixed", [0.5, -0.8, 1.2], kind, "total") for kind in ("cat", "svd", "ties_svd", "magnitude_prune_svd")]
    + [("mixed", [0.5, -0.8, 1.2], "ties_svd", "frequency")]
)


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        for name, (size_in, size_out) in SIZES.items():
            setattr(self, name, torch.nn.Linear(size_in, size_out))

    def forward(self, x):
        return self.v_proj(self.q_proj(x))


def rounded(tensor):
    return [[float(f"{value:.7g}") for value in row] for row in tensor.detach().tolist()]


def module(model, name):
    return getattr(model.base_model.model, name)


def build(name, stored):
    """The model with every adapter of a set, filled from `stored`, or at random and then stored."""
    model = None
    for i, changes in enumerate(SETS[name]):
        config = LoraConfig(**{"target_modules": list(SIZES), **changes})
        if model is None:
            model = get_peft_model(Model(), config, adapter_name="a0")
        else:
            model.add_adapter(f"a{i}", config)
        tensors = stored.setdefault(name, {}).setdefault(f"a{i}", {})
        for target in SIZES:
            layer = module(model, target)
            if f"a{i}" not in layer.lora_A:
                continue
            for letter, factors in (("A", layer.lora_A), ("B", layer.lora_B)):
                weight = factors[f"a{i}"].weight
                key = f"base_model.model.{target}.lora_{letter}.weight"
                tensors.setdefault(key, rounded(torch.randn(weight.shape) * 0.5))
                weight.data = torch.tensor(tensors[key])
    return model


def combine_lora(expected):
    results = []
    for name, weights, kind, sign in CASES:
        model = build(name, expected["tensors"])
        names = [f"a{i}" for i in range(len(weights))]
        options = dict(density=0.5, majority_sign_method=sign)
        rank = 3 if kind.endswith("svd") else None
        model.base_model.add_weighted_adapter(names, weights, "new", kind, svd_rank=rank, **options)
        config = model.peft_config["new"]
        deltas = {target: rounded(module(model, target).get_delta_weight("new")) for target in SIZES}
        case = dict(set=name, weights=weights, combination_type=kind, svd_rank=rank, **options)
        made = dict(r=config.r, lora_alpha=config.lora_alpha, use_rslora=config.use_rslora)
        results.append(dict(case=case, config=made, deltas=deltas))
    return results


def combine_ia3(expected):
    config = IA3Config(target_modules=list(SIZES), feedforward_modules=["v_proj"])
    only = IA3Config(target_modules=["q_proj"], feedforward_modules=[])
    model = get_peft_model(Model(), config, adapter_name="a0")
    model.add_adapter("a1", only)
    vectors = expected.setdefault("ia3_tensors", {})
    for name in ("a0", "a1"):
        for target in SIZES:
            layer = module(model, target)
            if name in layer.ia3_l:
                key = f"base_model.model.{target}.ia3_l"
                drawn = rounded(torch.rand(layer.ia3_l[name].shape) + 0.5)
                values = vectors.setdefault(name, {}).setdefault(key, drawn)
                layer.ia3_l[name].data = torch.tensor(values)
    model.base_model.add_weighted_adapter(["a0", "a1"], [0.8, -0.3], "new")
    made = {target: rounded(module(model, target).ia3_l["new"]) for target in SIZES}
    return dict(weights=[0.8, -0.3], vectors=made)


path = Path(sys.argv[1])
expected = json.loads(path.read_text()) if path.exists() else {"configs": SETS, "tensors": {}}
torch.manual_seed(5)
made = dict(lora=combine_lora(expected), ia3=combine_ia3(expected))
expected.setdefault("results", {})[peft.__version__] = made
path.write_text(json.dumps(expected))
