import { presets } from '@zoo/alexnet';
import { block, conv, dense, flatten, lrn, type ModelSpec } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { torchRepr } from './torch-repr.ts';
import { torchSource } from './torch-source.ts';

describe('the source in PyTorch', () => {
  it('reads as the original does', () => {
    expect(torchSource(presets.caffenet)).toContain(`class CaffeNet(nn.Module):
    def __init__(self, num_classes: int = 1000) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 96, kernel_size=11, stride=4),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=True),
            nn.LocalResponseNorm(5, alpha=0.0001, beta=0.75, k=1),
            nn.Conv2d(96, 256, kernel_size=5, padding=2, groups=2),
`);
    expect(torchSource(presets.caffenet)).toMatch(
      /x = self\.features\(x\)\n {8}x = torch\.flatten\(x, 1\)\n {8}return self\.classifier\(x\)\n$/,
    );
    expect(torchSource(presets.paper)).toContain('nn.LocalResponseNorm(5, alpha=0.0005, beta=0.75, k=2)');
    expect(torchSource(presets.batchnorm)).toContain('self.flatten = nn.Flatten()');
    expect(torchSource(presets.torchvision)).toContain('self.avgpool = nn.AdaptiveAvgPool2d(6)');
    expect(torchSource(presets['cifar10-full'])).toContain('class WithinChannelLRN(nn.Module):');
    expect(torchSource(presets['cifar10-full'])).toContain('WithinChannelLRN(3, alpha=5e-05, beta=0.75, k=1)');
  });

  it("has PyTorch's alpha, which multiplies a mean, and so has the print", () => {
    const norm = { size: 3, alpha: 1e-4, beta: 0.75, k: 2, convention: 'tensorflow' } as const;
    const spec: ModelSpec = {
      ...presets['cifar10-quick'],
      layers: [lrn(norm), lrn({ ...norm, region: 'within-channel' }), flatten({ call: true }), dense('classes')],
    };
    for (const text of [torchSource(spec), torchRepr(spec)]) {
      expect(text).toContain('LocalResponseNorm(3, alpha=0.0003, beta=0.75, k=2)');
      expect(text).toContain('WithinChannelLRN(3, alpha=0.0009, beta=0.75, k=2)');
    }
  });

  it('names modules that have no number, and those whose number is all they have', () => {
    const spec: ModelSpec = {
      ...presets['cifar10-quick'],
      layers: [
        conv(4, 3),
        block('body', [conv(4, 3, { name: 'first' }), flatten({ call: true })]),
        dense('classes', { name: 'lambda' }),
      ],
    };
    const source = torchSource(spec);
    expect(source).toContain('self.add_module("0", nn.Conv2d(3, 4, kernel_size=3))');
    expect(source).toContain('("first", nn.Conv2d(4, 4, kernel_size=3))');
    expect(source).toContain('from collections import OrderedDict');
    expect(source).toContain('return self.get_submodule("lambda")(x)');
  });

  it('counts the neighbours of a window for a sum of squares', () => {
    const sum = lrn({ size: 3, alpha: 0.1, beta: 0.75, k: 1, convention: 'tensorflow', region: 'within-channel' });
    const spec: ModelSpec = { ...presets['cifar10-quick'], layers: [sum, flatten({ call: true }), dense('classes')] };
    expect(torchSource(spec)).toContain('alpha=0.9,');
  });

  it('lets no program in through a name or a title', () => {
    const spec = (change: Partial<ModelSpec>): ModelSpec => ({ ...presets['cifar10-quick'], ...change });
    expect(() => torchSource(spec({ className: 'A(nn.Module):\n import os' }))).toThrow(
      /class "A\(nn\.Module\):\\n import os": is not a valid Python name, expected letters, digits and underscores\. Rename it\./,
    );
    const layers = [flatten({ call: true }), block('a"); import os; ("', [dense('classes')])];
    expect(() => torchSource(spec({ layers }))).toThrow(/'a"\); import os; \("' cannot be the name of a tensor/);
    expect(() => torchSource(spec({ className: 'class' }))).toThrow(/class 'class': is no name of a Python class/);
    const source = torchSource(spec({ title: '"""\nimport os\n"""\\' }));
    expect(source.split('"""')).toHaveLength(3);
    expect(source).not.toMatch(/^import os/m);
  });
});
