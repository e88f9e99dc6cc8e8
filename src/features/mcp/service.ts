// The verbs of the MCP room: which tools there are, and the answer of each. Nothing is written.
import type { Context } from '../../context.ts';
import { errorRegistry } from '../../lib/error-registry.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import type { Voice } from '../../web/language.ts';
import {
  type Asked,
  getDatasetInfo,
  getMetrics,
  getResourceInfo,
  listDatasetResources,
  searchDatasets,
} from './dataset-tools.ts';
import {
  getDataserviceInfo,
  getDataserviceOpenapi,
  type ReadDocument,
  searchDataservices,
  searchOrganizations,
} from './portal-tools.ts';
import { queryDataset, queryResourceData } from './row-tools.ts';
import { type Arguments, refuseOthers } from './rules.ts';
import { type ToolAnswer, type ToolName, toolSchemas } from './schemas.ts';

export type { ReadDocument } from './portal-tools.ts';

type Tool = (asked: Asked, args: Arguments, read: ReadDocument) => Promise<ToolAnswer>;

const tools: Readonly<Record<ToolName, Tool>> = {
  search_datasets: searchDatasets,
  get_dataset_info: getDatasetInfo,
  list_dataset_resources: listDatasetResources,
  get_resource_info: getResourceInfo,
  query_resource_data: queryResourceData,
  query_dataset: queryDataset,
  search_dataservices: searchDataservices,
  get_dataservice_info: getDataserviceInfo,
  get_dataservice_openapi_spec: getDataserviceOpenapi,
  get_metrics: getMetrics,
  search_organizations: searchOrganizations,
};

/** The tools as the protocol lists them. */
export function listTools() {
  return Object.entries(toolSchemas).map(([name, { title, description, input, output }]) => ({
    name,
    title,
    description,
    inputSchema: {
      type: 'object' as const,
      properties: { ...input } as Record<string, object>,
      required: Object.entries(input)
        .filter(([, schema]) => !('~optional' in schema))
        .map(([argument]) => argument),
      additionalProperties: false,
    },
    outputSchema: output as unknown as { type: 'object'; [name: string]: unknown },
    annotations: { title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  }));
}

export const isTool = (name: string): name is ToolName => Object.hasOwn(tools, name);

/**
 * What a tool answers to anyone. What is wrong with the question is an answer too: a sentence that says what to do.
 * @throws whatever is no refusal, and refusals of the machine
 */
export async function callTool(
  name: ToolName,
  args: Arguments,
  {
    context,
    voice,
    publicUrl,
    read,
  }: Omit<Asked, 'context'> & { readonly context: Context; readonly read: ReadDocument },
): Promise<ToolAnswer | { readonly refusal: string }> {
  const anyone: Context = { ...context, actor: { kind: 'anyone' } };
  mustBeAbleTo(anyone.actor, 'catalog.read');
  try {
    refuseOthers(args, Object.keys(toolSchemas[name].input));
    return await tools[name]({ context: anyone, voice, publicUrl }, args, read);
  } catch (error) {
    if (error instanceof TerroirError && errorRegistry[error.code].status !== 500)
      return { refusal: refusal(error, voice) };
    throw error;
  }
}

function refusal(error: TerroirError, voice: Voice): string {
  return errorSentence(error, voice.lang);
}
