import { elements } from '@zoo/core';
import type { Contents } from './format.ts';
import type { OpenSibling } from './sources/byte-source.ts';
import type { StatedNetwork } from './stated-network.ts';
import type { StoredTensor } from './tensor.ts';

const maxConfigBytes = 1_000_000;

/** The configuration that peft stores next to its adapters has their scaling. */
async function adapterConfig(beside: OpenSibling): Promise<Record<string, string>> {
  try {
    const file = await beside('adapter_config.json');
    if (file.size > maxConfigBytes) return {};
    return { 'adapter_config.json': new TextDecoder().decode(await file.read(0, file.size)) };
  } catch {
    // Without it, the scaling of the adapters is unknown.
    return {};
  }
}

const meanName = /(?:^|\.)(?:new_|pixel_|image_)?mean$/;
const isOfPictures = (tensor: StoredTensor | undefined): tensor is StoredTensor =>
  tensor !== undefined && !tensor.unreadable && [1, 3].includes(elements(tensor.shape));

/** Buffers of a layer that normalises pictures within the network: `mean` and `std`, of pixels from 0 to 1 or to 255. */
async function picturesIn(tensors: Contents['tensors']): Promise<StatedNetwork | undefined> {
  const means = [...tensors.keys()].filter((name) => meanName.test(name)).sort((a, b) => a.length - b.length);
  for (const name of means) {
    const deviation = name.replace(/mean$/, 'std');
    const [mean, std] = [tensors.get(name), tensors.get(deviation)];
    if (!isOfPictures(mean) || !isOfPictures(std)) continue;
    const [means, deviations] = [[...(await mean.read())], [...(await std.read())]];
    if (deviations.some((one) => !(one > 0)) || means.some((one) => !Number.isFinite(one))) continue;
    const range = Math.max(...means.map(Math.abs), ...deviations) > 2 ? 1 : 255;
    const pictures = { mean: means.map((one) => one * range), scale: deviations.map((one) => 1 / (one * range)) };
    return { layers: [], pictures, parameters: [name, deviation] };
  }
  return undefined;
}

/** Adds what tensor names indicate: adapters, and statistics of pictures. */
export async function withHints(contents: Contents, beside: OpenSibling): Promise<Contents> {
  const names = [...contents.tensors.keys()];
  const network = contents.network ?? (await picturesIn(contents.tensors));
  const isAdapted = names.some((name) => /(?:^|[._])lora_/.test(name));
  return {
    ...contents,
    metadata: { ...(isAdapted && (await adapterConfig(beside))), ...contents.metadata },
    ...(network && { network }),
  };
}
