"""torchvision's ImageFolder and PyTorch's DataLoader on a folder: a line on standard input is an epoch, a line on standard output its times."""
import os
import resource
import sys
import time

import torch
import torchvision
from torchvision import datasets, transforms


def processor_seconds(workers):
    """Of this process, and of the workers, which live on from one epoch to the next."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    total = own.ru_utime + own.ru_stime
    if os.path.isdir("/proc/self"):
        for worker in workers:
            with open(f"/proc/{worker.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def main():
    folder, workers, batch_size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    pipeline = transforms.Compose(
        [
            transforms.Resize(256),
            transforms.RandomCrop(224),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        ]
    )
    loader = torch.utils.data.DataLoader(
        datasets.ImageFolder(folder, pipeline),
        batch_size=batch_size,
        shuffle=True,
        num_workers=workers,
        persistent_workers=workers > 0,
    )
    print(f"torchvision {torchvision.__version__.split('+')[0]}, {workers} workers", flush=True)
    for _ in sys.stdin:
        before = processor_seconds(getattr(loader._iterator, "_workers", []))
        start = time.perf_counter()
        images = sum(len(labels) for _, labels in loader)
        seconds = time.perf_counter() - start
        spent = processor_seconds(getattr(loader._iterator, "_workers", [])) - before
        print(images, seconds, spent, flush=True)


if __name__ == "__main__":
    main()
