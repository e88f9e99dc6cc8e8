// `terroir validate`: whether a file obeys a schema, cell by cell. Exit code 0 when it does, 1 when it does not.
import { readSettings } from '../config.ts';
import { type Validation, validateFile, validatePackage, validationJson } from '../data/validate-file.ts';
import { openEngineFor } from '../engines.ts';
import { problemMessage, type Severity } from '../model/problem.ts';
import { registryOf } from '../registry.ts';
import type { SchemaRegistry } from '../stores/schemas/registry.ts';
import { type Call, type Command, mustHave, optionText } from './command.ts';
import type { CliMessage, Output } from './output.ts';

/** Problems of one severity printed for people; --json gives them all. */
const mostPrinted = 100;

export const validateCommand: Command = {
  help: 'cli.help.validate',
  options: { schema: { type: 'string' } },
  async run(call) {
    const path = mustHave(call, call.positionals[0], 'FILE');
    const settings = readSettings(call.env);
    const registry = registryOf(settings);
    const tools = await openEngineFor(settings);
    try {
      const schema = optionText(call, 'schema');
      if (schema === null && /(^|[/\\])datapackage\.json$/.test(path))
        return await validateAll(call, path, registry, tools);
      const loaded = await registry.load(mustHave(call, schema, '--schema'));
      const validation = await validateFile(path, loaded, tools);
      print(validation, call.output);
      call.output.answer(validationJson(validation, call.output.lang));
      return validation.valid ? 0 : 1;
    } finally {
      await tools.close();
    }
  },
};

async function validateAll(
  { output }: Call,
  path: string,
  registry: SchemaRegistry,
  tools: Awaited<ReturnType<typeof openEngineFor>>,
): Promise<number> {
  const validations = await validatePackage(await registry.loadPackage(path), tools);
  for (const validation of validations) {
    output.line(`${validation.resource} :`);
    print(validation, output);
  }
  const valid = validations.every((each) => each.valid);
  output.answer({
    valid,
    errorCount: validations.reduce((sum, each) => sum + each.errorCount, 0),
    resources: validations.map((each) => ({ resource: each.resource, ...Object(validationJson(each, output.lang)) })),
  });
  return valid ? 0 : 1;
}

const titles = [
  ['error', 'cli.validate.errors'],
  ['warning', 'cli.validate.warnings'],
  ['advice', 'cli.validate.advice'],
] as const satisfies readonly (readonly [Severity, CliMessage])[];

function print(validation: Validation, output: Output): void {
  const points = validation.problems.filter((each) => each.severity === 'error').length;
  const { rows, schema, errorCount: cells } = validation;
  if (validation.valid) output.say('cli.validate.valid', { rows, schema });
  else output.say('cli.validate.invalid', { rows, schema, points, cells });
  for (const [severity, title] of titles) {
    const some = validation.problems.filter((each) => each.severity === severity);
    if (some.length === 0) continue;
    output.say(title);
    for (const each of some.slice(0, mostPrinted)) output.line(`- ${problemMessage(each, output.lang)}`);
    if (some.length > mostPrinted) output.say('cli.validate.more', { count: some.length - mostPrinted });
  }
}
