/** Modules whose functions run programs, or code out of the file, when Python loads it. */
const modules =
  /^(?:os|posix|nt|subprocess|commands|pty|sys|runpy|importlib|imp|pip|ctypes|socket|shutil|webbrowser|code|pdb|timeit|marshal|torch\.hub)\./;
const functions =
  /^(?:builtins|__builtin__)\.(?:eval|exec|execfile|compile|open|file|input|raw_input|breakpoint|__import__)$/;

/** Whether a name can only be malicious. It is never run here, but the user has to know. */
export const isHarmful = (name: string): boolean => modules.test(name) || functions.test(name);
