// How Opendatasoft names files in addresses: `cities1000.zip` is `cities1000_zip`, or `cities1000zip`. Pure.
import { foldText } from '../../lib/text.ts';

/** Whether the identifier of an address is that of a file: its name made plain, or `original`. */
export function isFileNamed(identifier: string, name: string): boolean {
  const asked = plain(identifier);
  return asked === 'original' || asked === plain(name);
}

function plain(text: string): string {
  return foldText(text).replace(/[^a-z0-9]/g, '');
}
