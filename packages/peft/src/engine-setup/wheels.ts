import type { EngineVariant } from './locate.ts';

/**
 * The wheel of the PyPI project that carries libtensorflow for one platform. A wheel for one
 * CPython is enough, whatever Python runs here: only its headers and shared libraries are used.
 */
export interface PinnedWheel {
  readonly project: string;
  /** pip's platform tag. */
  readonly platform: string;
  readonly sha256: string;
  /** Bytes to download and bytes unpacked; 0 = not known, no progress is shown. */
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** Python version and ABI of the pinned wheels. */
export const WHEEL_PYTHON = { version: '3.11', abi: 'cp311' } as const;

const WHEELS: Readonly<Record<string, PinnedWheel>> = {
  'cpu linux x64': {
    project: 'tensorflow-cpu',
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    bytes: 273_829_956,
    unpackedBytes: 1_121_270_429,
  },
  'cpu linux arm64': {
    project: 'tensorflow',
    platform: 'manylinux_2_27_aarch64',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    bytes: 0,
    unpackedBytes: 1_200_000_000,
  },
  'cpu darwin arm64': {
    project: 'tensorflow',
    platform: 'macosx_12_0_arm64',
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    bytes: 0,
    unpackedBytes: 1_200_000_000,
  },
  'gpu linux x64': {
    project: 'tensorflow',
    platform: 'manylinux_2_27_x86_64',
    sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    bytes: 0,
    unpackedBytes: 2_500_000_000,
  },
};

/** CUDA libraries that TensorFlow 2.21 declares for its `and-cuda` extra. */
export const CUDA_REQUIREMENTS: readonly string[] = [
  'nvidia-cublas-cu12<13.0,>=12.5.3.2',
  'nvidia-cuda-cupti-cu12<13.0,>=12.5.82',
  'nvidia-cuda-nvcc-cu12<13.0,>=12.5.82',
  'nvidia-cuda-nvrtc-cu12<13.0,>=12.5.82',
  'nvidia-cuda-runtime-cu12<13.0,>=12.5.82',
  'nvidia-cudnn-cu12<10.0,>=9.3.0.75',
  'nvidia-cufft-cu12<12.0,>=11.2.3.61',
  'nvidia-curand-cu12<11.0,>=10.3.6.82',
  'nvidia-cusolver-cu12<12.0,>=11.6.3.83',
  'nvidia-cusparse-cu12<13.0,>=12.5.1.3',
  'nvidia-nccl-cu12<3.0,>=2.27.7',
  'nvidia-nvjitlink-cu12<13.0,>=12.5.82',
];

/** The wheel for this machine, or null where TensorFlow publishes none. */
export function pinnedWheel(variant: EngineVariant): PinnedWheel | null {
  return WHEELS[`${variant} ${process.platform} ${process.arch}`] ?? null;
}
