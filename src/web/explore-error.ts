// Refusals in Opendatasoft's words: programs written for it read these codes and sentences.
import { errorRegistry } from '../lib/error-registry.ts';
import { errorSentence, type TerroirError } from '../lib/errors.ts';

export type ApiError = { readonly error_code: string; readonly message: string };

/** What Opendatasoft answers with 429. */
export type CallLimitError = {
  readonly errorcode: number;
  readonly error: string;
  readonly call_limit: number;
  readonly limit_time_unit: string;
  readonly reset_time: string;
};

/** Wrong whatever the dataset: the address itself. */
const restErrors = new Set<string>(['query.outOfRange', 'query.parameterUnknown', 'export.formatUnknown']);

/** The body of an error; its HTTP status is the registry's. */
export function apiError(error: TerroirError): ApiError | CallLimitError {
  const sentence = errorSentence(error, 'en');
  if (error.code === 'request.tooMany')
    return {
      errorcode: 10002,
      error: sentence,
      call_limit: Number(error.params['limit']),
      limit_time_unit: 'minute',
      reset_time: String(error.params['resetsAt']),
    };
  if (restErrors.has(error.code)) return { error_code: 'InvalidRESTParameterError', message: sentence };
  if (error.code.startsWith('query.')) {
    const clause = error.params['clause'];
    const where = clause === undefined ? '' : ` Clause(s) containing the error(s): ${clause}.`;
    return { error_code: 'ODSQLError', message: `ODSQL query is malformed: ${sentence}${where}` };
  }
  if (error.code === 'dataset.unknown')
    return { error_code: 'NotFoundResource', message: `The requested dataset ${error.params['id']} does not exist.` };
  if (error.code === 'record.unknown')
    return { error_code: 'NotFoundResource', message: `The requested record ${error.params['id']} does not exist.` };
  const { status } = errorRegistry[error.code];
  if (status === 404 || status === 410) return { error_code: 'NotFoundResource', message: sentence };
  if (status === 403) return { error_code: 'ForbiddenAccess', message: sentence };
  return { error_code: error.code, message: sentence };
}
