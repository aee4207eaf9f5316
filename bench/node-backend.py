"""The peer of node-backend.mjs: one line in, one measurement of PyTorch's AlexNet out, in milliseconds."""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]))


class AlexNet(nn.Module):
    """The layout that torchvision made usual."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(True), nn.MaxPool2d(3, 2),
            nn.Conv2d(64, 192, 5, 1, 2), nn.ReLU(True), nn.MaxPool2d(3, 2),
            nn.Conv2d(192, 384, 3, 1, 1), nn.ReLU(True),
            nn.Conv2d(384, 256, 3, 1, 1), nn.ReLU(True),
            nn.Conv2d(256, 256, 3, 1, 1), nn.ReLU(True), nn.MaxPool2d(3, 2),
        )
        self.classifier = nn.Sequential(
            nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(True),
            nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(True), nn.Linear(4096, 1000),
        )

    def forward(self, x):
        return self.classifier(torch.flatten(nn.functional.adaptive_avg_pool2d(self.features(x), 6), 1))


model = AlexNet()
optimizer = torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.9, weight_decay=0.0005)


def forward(images):
    with torch.inference_mode():
        return model.eval()(images)[0, 0].item()


def step(images, labels):
    model.train()
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


print(f"PyTorch {torch.__version__}", flush=True)
for line in sys.stdin:
    kind, batch = line.split()
    images, labels = torch.randn(int(batch), 3, 224, 224), torch.arange(int(batch)) % 1000
    began = time.perf_counter()
    forward(images) if kind == "forward" else step(images, labels)
    print((time.perf_counter() - began) * 1000, flush=True)
