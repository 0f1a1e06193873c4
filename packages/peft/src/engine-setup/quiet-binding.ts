import { rmSync, writeFileSync } from 'node:fs';
import { PeftError } from '../errors.ts';
import { runTool } from './run-tool.ts';
import { findCompiler, nodeApiHeaders } from './toolchain.ts';

/**
 * libtensorflow prints two lines from its static initialisers, before any log level can be set. This
 * addon loads the binding that lies beside it (`INNER`) with standard error muted for that moment.
 */
const SOURCE = `
#include <node_api.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>
#include <string>

static void* load_muted(const std::string& path) {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  const int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (nowhere >= 0 && kept >= 0) dup2(nowhere, STDERR_FILENO);
  void* library = dlopen(path.c_str(), RTLD_LAZY);
  if (kept >= 0) dup2(kept, STDERR_FILENO);
  if (nowhere >= 0) close(nowhere);
  if (kept >= 0) close(kept);
  return library;
}

NAPI_MODULE_INIT() {
  Dl_info own;
  dladdr(reinterpret_cast<void*>(&load_muted), &own);
  const std::string path = own.dli_fname;
  void* inner = load_muted(path.substr(0, path.rfind('/') + 1) + INNER);
  void* start = inner ? dlsym(inner, "napi_register_module_v1") : nullptr;
  if (!start) {
    napi_throw_error(env, nullptr, dlerror());
    return nullptr;
  }
  return reinterpret_cast<napi_value (*)(napi_env, napi_value)>(start)(env, exports);
}
`;

/**
 * Compiles it. Returns false where the compiler refuses it; the binding then works without it.
 *
 * @param inner file name of the binding itself, in the same folder as the addon will be
 * @throws PeftError 'aborted'
 */
export async function compileQuietBinding(
  target: string,
  inner: string,
  signal: AbortSignal,
): Promise<boolean> {
  const source = `${target}.cc`;
  writeFileSync(source, SOURCE);
  try {
    await runTool({
      command: findCompiler(),
      args: [
        ...['-O1', '-std=c++17', '-shared', '-fPIC', `-DINNER="${inner}"`],
        ...['-I', nodeApiHeaders(), source, '-o', target],
        ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : ['-ldl']),
      ],
      signal,
      purpose: { en: 'Compiling the quiet loader', zh: '编译静默加载器' },
    });
    return true;
  } catch (error) {
    if (error instanceof PeftError && error.code === 'aborted') throw error;
    return false;
  } finally {
    rmSync(source, { force: true });
  }
}
