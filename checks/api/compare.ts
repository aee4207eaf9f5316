/** How a signature differs from what it was: `addition` leaves working what worked, `break` may not. */
export interface ApiChange {
  kind: 'addition' | 'break';
  /** `@zoo/core/files: writeFileAtomically`. */
  what: string;
  how: 'added' | 'removed' | 'changed';
}

interface Signature {
  text: string;
  exported: boolean;
}

const nameOf = (text: string): string => {
  const renamed = /^export \{ (?:[\w$]+ as )?([\w$]+) \}/.exec(text);
  const declared =
    /^(?:export )?(?:default )?(?:abstract )?(?:async )?(?:const|let|var|function\*?|class|interface|type|enum|namespace|module) ([\w$]+)/.exec(
      text,
    );
  return renamed?.[1] ?? declared?.[1] ?? text;
};

/** The signatures of a report, by entry and name. */
export function signaturesIn(report: string): Map<string, Signature> {
  const found = new Map<string, Signature>();
  for (const [, entry = '', code = ''] of report.matchAll(/^## (\S+)\n\n```ts\n(.*?)\n?^```$/gms))
    for (const text of code.split('\n\n').filter((one) => one !== ''))
      found.set(`${entry}: ${nameOf(text)}`, { text, exported: text.startsWith('export ') });
  return found;
}

/** Whether a declaration has all its lines still, and only optional members more. */
function onlyMoreOptions(before: string, after: string): boolean {
  const old = before.split('\n');
  const left = after.split('\n').filter((line) => {
    if (line !== old[0]) return true;
    old.shift();
    return false;
  });
  return old.length === 0 && left.every((line) => /^\s+(?:readonly )?[\w$]+\?: [^{]*;$/.test(line));
}

/** What changed between two reports of a package. Types that are not exported count when they change. */
export function compareApi(before: string, after: string): ApiChange[] {
  const was = signaturesIn(before);
  const is = signaturesIn(after);
  const changes: ApiChange[] = [];
  for (const [what, { text, exported }] of was) {
    const now = is.get(what);
    if (now === undefined) {
      if (exported) changes.push({ kind: 'break', what, how: 'removed' });
    } else if (exported && !now.exported) changes.push({ kind: 'break', what, how: 'removed' });
    else if (now.text !== text)
      changes.push({ kind: onlyMoreOptions(text, now.text) ? 'addition' : 'break', what, how: 'changed' });
  }
  for (const [what, { exported }] of is)
    if (exported && !was.has(what)) changes.push({ kind: 'addition', what, how: 'added' });
  return changes;
}
