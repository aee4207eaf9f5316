"""Every preset at full width, between PyTorch and the zoo, both ways. No part of `npm test`: it takes minutes and a few GB of disk.

    npm run build && python packages/weights/full-width/check.py [PRESET...]     # with torch, torchvision, safetensors, onnxruntime

PyTorch writes each original (packages/inspect/fixtures/originals.py) as both kinds of .pth and as safetensors; the zoo must give
its logits within 1e-3 from each. The zoo writes .pth, .safetensors, .onnx and .py; the original and the written class must load the
first two with strict=True, and they and onnxruntime must give the same logits. Prints the largest differences, relative to the
largest logit.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import onnxruntime
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / "inspect" / "fixtures"))
from originals import PRESETS  # noqa: E402

LIMITS = {"load": 1e-3, "onnx": 1e-4}


def difference(actual: Tensor, expected: Tensor) -> float:
    assert torch.isfinite(actual).all() and torch.isfinite(expected).all()
    return ((actual - expected).abs().max() / expected.abs().max()).item()


def written_class(file: Path) -> type[nn.Module]:
    spec = importlib.util.spec_from_file_location("model", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [one for _, one in inspect.getmembers(module, inspect.isclass) if one.__module__ == "model" and one.__name__ != "WithinChannelLRN"][0]


def check(name: str, folder: Path) -> dict[str, float]:
    original = PRESETS[name]
    torch.manual_seed(7)
    model = original.build().eval()
    for key, tensor in model.state_dict().items():
        # Fresh statistics are all 0 and 1, which would pass unread.
        if key.endswith("running_mean"):
            tensor.normal_(0, 0.1)
        if key.endswith("running_var"):
            tensor.uniform_(0.5, 1.5)
    x = torch.randn(2, *original.input)
    with torch.no_grad():
        logits = model(x)
    state = model.state_dict()
    torch.save(state, folder / "zip.pth")
    torch.save(state, folder / "legacy.pth", _use_new_zipfile_serialization=False)
    save_file(state, folder / "torch.safetensors")
    save_file({"input": x, "logits": logits}, folder / "golden.safetensors")
    node = subprocess.run(["node", here / "load.mjs", name, folder], capture_output=True, text=True)
    if node.returncode != 0:
        raise SystemExit(f"{name}: {node.stderr}")
    results: dict[str, float] = json.loads(node.stdout)

    source = written_class(folder / "model.py")().eval()
    for file, read in {"zoo.pth": lambda f: torch.load(f, weights_only=True), "zoo.safetensors": load_file}.items():
        stored = read(folder / file)
        for who, net in {"original": original.build().eval(), "model.py": source}.items():
            net.load_state_dict(stored, strict=True)
            with torch.no_grad():
                results[f"{file} in {who}"] = difference(net(x), logits)
    session = onnxruntime.InferenceSession(folder / "zoo.onnx", providers=["CPUExecutionProvider"])
    results["onnxruntime"] = difference(torch.from_numpy(session.run(["logits"], {"input": x.numpy()})[0]), logits)
    return results


print(f"torch {torch.__version__}, onnxruntime {onnxruntime.__version__}")
failed = False
for name in sys.argv[1:] or PRESETS:
    with tempfile.TemporaryDirectory() as folder:
        for what, error in check(name, Path(folder)).items():
            good = error <= LIMITS["onnx" if what == "onnxruntime" else "load"]
            failed |= not good
            print(f"{name:14} {what:28} {error:.2e}{'' if good else '  TOO FAR'}", flush=True)
sys.exit(failed)
