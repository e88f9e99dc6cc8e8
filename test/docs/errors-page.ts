// The page that documents every refusal, made of the registry.
import { errorRegistry } from '../../src/lib/error-registry.ts';

export function errorsPage(): string {
  const rows = Object.entries(errorRegistry).map(([code, e]) => `| \`${code}\` | ${e.status} | ${e.exit} | ${e.en} |`);
  return `# Errors

Every refusal of the platform has a code. Over HTTP it is \`application/problem+json\` with the status below; on the command
line with \`--json\` it is \`{"error":{"code","message"}}\` with the exit code below. Values stand for \`{names}\`.
The Explore API answers errors in its own shape, see the API page.

| code | HTTP status | exit code | sentence |
|---|---|---|---|
${rows.join('\n')}
`;
}
