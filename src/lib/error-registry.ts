// Every refusal of the platform: code → HTTP status and the sentence in French and in English. Nothing else may invent one.
import { catalogueErrors } from './refusals/catalogue.ts';
import { deskErrors } from './refusals/desk.ts';
import { discoveryErrors } from './refusals/discovery.ts';
import { faceErrors } from './refusals/face.ts';
import { fileErrors } from './refusals/files.ts';
import { intakeErrors } from './refusals/intake.ts';
import { interfaceErrors } from './refusals/interfaces.ts';
import { machineErrors } from './refusals/machine.ts';
import { peopleErrors } from './refusals/people.ts';
import { placeErrors } from './refusals/places.ts';
import { queryErrors } from './refusals/queries.ts';
import { requestErrors } from './refusals/requests.ts';
import type { ErrorRow } from './refusals/row.ts';
import { territorySchemaErrors } from './refusals/schemas.ts';
import { storyErrors } from './refusals/stories.ts';
import { wasteErrors } from './refusals/waste.ts';
import { widgetErrors } from './refusals/widgets.ts';

export const errorRegistry = {
  ...machineErrors,
  ...fileErrors,
  ...intakeErrors,
  ...catalogueErrors,
  ...deskErrors,
  ...discoveryErrors,
  ...peopleErrors,
  ...queryErrors,
  ...placeErrors,
  ...storyErrors,
  ...territorySchemaErrors,
  ...wasteErrors,
  ...widgetErrors,
  ...requestErrors,
  ...interfaceErrors,
  ...faceErrors,
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorRegistry;
