// Programs that read an address of the API, in four languages: as they are shown, as the tests run them.

export const exampleLanguages = ['curl', 'javascript', 'python', 'r'] as const;
export type ExampleLanguage = (typeof exampleLanguages)[number];

export type ExampleAddresses = {
  /** A page of records, with `next` in its answer; whole, with the portal's own address. */
  readonly records: string;
  /** The same rows as a CSV file. */
  readonly csv: string;
};

export type CodeExample = { readonly language: ExampleLanguage; readonly name: string; readonly code: string };

/** Addresses hold no quote, no backslash and no space: they are percent-encoded. */
export function codeExamples({ records, csv }: ExampleAddresses): readonly CodeExample[] {
  return [
    { language: 'curl', name: 'curl', code: `curl "${safe(records)}"` },
    { language: 'javascript', name: 'JavaScript', code: javascript(safe(records)) },
    { language: 'python', name: 'Python', code: python(safe(records)) },
    { language: 'r', name: 'R', code: r(safe(csv)) },
  ];
}

/** What would end a text in one of the languages, or stand for something in a shell, is percent-encoded. */
function safe(address: string): string {
  return address.replace(
    /["'\\$`\s!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

function javascript(address: string): string {
  return `// Node ≥ 18
const records = [];
let url = "${address}";
while (url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error((await answer.json()).detail);
  const page = await answer.json();
  records.push(...page.records);
  url = page.next && new URL(page.next, url).href;
}
console.log(records.length, records[0]);`;
}

function python(address: string): string {
  return `# Python ≥ 3.8
import json
from urllib.parse import urljoin
from urllib.request import urlopen

records = []
url = "${address}"
while url:
    with urlopen(url) as answer:
        page = json.load(answer)
    records.extend(page["records"])
    url = page["next"] and urljoin(url, page["next"])
print(len(records), records[0] if records else None)`;
}

function r(address: string): string {
  return `# R ≥ 4
records <- read.csv2("${address}", dec = ".", fileEncoding = "UTF-8-BOM")
str(records)`;
}
