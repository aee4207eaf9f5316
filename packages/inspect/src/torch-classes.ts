/** Source of modules that PyTorch lacks, by name. A generated program includes those that it uses. Their weights are those of the spec. */
export const torchClasses: Readonly<Record<string, string>> = {
  WithinChannelLRN: `class WithinChannelLRN(nn.Module):
    """Caffe's LRN with norm_region WITHIN_CHANNEL: y = x / (k + alpha * mean)^beta, the mean of the squares in a window."""

    def __init__(self, size: int, alpha: float, beta: float, k: float) -> None:
        super().__init__()
        self.size, self.alpha, self.beta, self.k = size, alpha, beta, k

    def forward(self, x: Tensor) -> Tensor:
        mean = F.avg_pool2d(x.square(), self.size, stride=1, padding=self.size // 2)
        return x / (self.k + self.alpha * mean) ** self.beta
`,
  ScaledTanh: `class ScaledTanh(nn.Module):
    """y = amplitude * tanh(gain * x)"""

    def __init__(self, amplitude: float, gain: float) -> None:
        super().__init__()
        self.amplitude, self.gain = amplitude, gain

    def forward(self, x: Tensor) -> Tensor:
        return self.amplitude * torch.tanh(self.gain * x)

    def extra_repr(self) -> str:
        return f"amplitude={self.amplitude}, gain={self.gain}"
`,
  Subsample: `class Subsample(nn.Module):
    """y = weight * sum + bias: windows side by side, a weight and a bias a channel."""

    def __init__(self, channels: int, size: int) -> None:
        super().__init__()
        self.size = size
        self.weight = nn.Parameter(torch.full((channels,), 1 / size**2))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        sums = F.avg_pool2d(x, self.size, divisor_override=1)
        return sums * self.weight[:, None, None] + self.bias[:, None, None]

    def extra_repr(self) -> str:
        return f"{len(self.weight)}, size={self.size}"
`,
  PartialConv2d: `class PartialConv2d(nn.Module):
    """A convolution whose filters see some of the channels. Its weight is [connections, kernel, kernel], filter by filter."""

    def __init__(
        self, in_channels: int, connections: list[list[int]], kernel_size: int, stride: int = 1, padding: int = 0
    ) -> None:
        super().__init__()
        self.in_channels, self.out_channels = in_channels, len(connections)
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding
        places = [out * in_channels + channel for out, seen in enumerate(connections) for channel in seen]
        self.register_buffer("places", torch.tensor(places), persistent=False)
        bound = (len(places) / len(connections)) ** -0.5 / kernel_size
        self.weight = nn.Parameter(torch.empty(len(places), kernel_size, kernel_size).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(len(connections)).uniform_(-bound, bound))

    def forward(self, x: Tensor) -> Tensor:
        size = self.weight.shape[1:]
        whole = self.weight.new_zeros(self.out_channels * self.in_channels, *size)
        whole = whole.index_copy(0, self.places, self.weight).view(self.out_channels, self.in_channels, *size)
        return F.conv2d(x, whole, self.bias, self.stride, self.padding)

    def extra_repr(self) -> str:
        size, stride = (self.kernel_size,) * 2, (self.stride,) * 2
        padding = f", padding={(self.padding,) * 2}" if self.padding else ""
        return (
            f"{self.in_channels}, {self.out_channels}, kernel_size={size}, stride={stride}{padding}, "
            f"connections={len(self.weight)}"
        )
`,
  EuclideanRBF: `class EuclideanRBF(nn.Module):
    """y = -sum((x - code)^2) for each of some fixed codes."""

    def __init__(self, codes: list[list[float]]) -> None:
        super().__init__()
        self.register_buffer("codes", torch.tensor(codes, dtype=torch.get_default_dtype()), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return -(x[:, None] - self.codes).square().sum(2)

    def extra_repr(self) -> str:
        return f"in_features={self.codes.shape[1]}, out_features={self.codes.shape[0]}"
`,
};
