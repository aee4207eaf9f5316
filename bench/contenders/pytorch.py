"""PyTorch on the processor: python pytorch.py THREADS. Speaks as serve.mjs says."""
import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]))


def pool():
    return nn.MaxPool2d(3, 2)


def torchvision():
    """The layout that torchvision made usual."""
    return 224, 1000, nn.Sequential(
        nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(True), pool(),
        nn.Conv2d(64, 192, 5, 1, 2), nn.ReLU(True), pool(),
        nn.Conv2d(192, 384, 3, 1, 1), nn.ReLU(True),
        nn.Conv2d(384, 256, 3, 1, 1), nn.ReLU(True),
        nn.Conv2d(256, 256, 3, 1, 1), nn.ReLU(True), pool(), nn.Flatten(),
        nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(True),
        nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(True), nn.Linear(4096, 1000),
    )


def paper():
    """Two towers, as published."""
    return 227, 1000, nn.Sequential(
        nn.Conv2d(3, 96, 11, 4), nn.ReLU(True), nn.LocalResponseNorm(5, 5e-4, 0.75, 2), pool(),
        nn.Conv2d(96, 256, 5, 1, 2, groups=2), nn.ReLU(True), nn.LocalResponseNorm(5, 5e-4, 0.75, 2), pool(),
        nn.Conv2d(256, 384, 3, 1, 1), nn.ReLU(True),
        nn.Conv2d(384, 384, 3, 1, 1, groups=2), nn.ReLU(True),
        nn.Conv2d(384, 256, 3, 1, 1, groups=2), nn.ReLU(True), pool(), nn.Flatten(),
        nn.Linear(9216, 4096), nn.ReLU(True), nn.Dropout(),
        nn.Linear(4096, 4096), nn.ReLU(True), nn.Dropout(), nn.Linear(4096, 1000),
    )


def cifar10_quick():
    """Caffe's small network; it rounds pools up."""
    return 32, 10, nn.Sequential(
        nn.Conv2d(3, 32, 5, 1, 2), nn.MaxPool2d(3, 2, ceil_mode=True), nn.ReLU(True),
        nn.Conv2d(32, 32, 5, 1, 2), nn.ReLU(True), nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Conv2d(32, 64, 5, 1, 2), nn.ReLU(True), nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Flatten(), nn.Linear(1024, 64), nn.Linear(64, 10),
    )


made = {}


def network_of(name):
    if name not in made:
        size, classes, model = {"torchvision": torchvision, "paper": paper, "cifar10-quick": cifar10_quick}[name]()
        optimizer = torch.optim.SGD(model.parameters(), lr=1e-6, momentum=0.9, weight_decay=5e-4)
        made[name] = size, classes, model, optimizer
    return made[name]


def forward(name, batch):
    size, _, model, _ = network_of(name)
    model.eval()
    images = torch.randn(batch, 3, size, size)
    began = time.perf_counter()
    with torch.inference_mode():
        model(images)[0, 0].item()
    return time.perf_counter() - began


def step(name, batch):
    size, classes, model, optimizer = network_of(name)
    model.train()
    images, labels = torch.randn(batch, 3, size, size), torch.arange(batch) % classes
    began = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    loss.item()
    return time.perf_counter() - began


works = {"forward": forward, "step": step}
print(json.dumps({"title": f"PyTorch {torch.__version__}, {sys.argv[1]} threads", "works": list(works)}), flush=True)
for line in sys.stdin:
    work, name, batch = line.split()
    print(1000 * works[work](name, int(batch)), flush=True)
