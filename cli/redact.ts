/** Replaces every secret by `***`, also where it was percent-encoded. Longer ones first, so that none shows in part. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets.filter((secret) => secret !== '').flatMap((secret) => [secret, encodeURIComponent(secret)]),
  );
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  if (ordered.length === 0) return (text) => text;
  return (text) => ordered.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}
