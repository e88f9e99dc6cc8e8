// `npm run build`: installs what is missing and builds dist/ anew.
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies('production');
await ensureBuild({ force: true });
