// `node test/theme/write.mjs` writes renderer/theme/tokens.css from tokens.ts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokensCss } from '../../renderer/theme/css.ts';

writeFileSync(join(import.meta.dirname, '../../renderer/theme/tokens.css'), tokensCss());
