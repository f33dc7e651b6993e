import { download } from '../download.ts';
import { zip } from '../zip.ts';

/** A text file; its name may hold folders. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Saves one file as it is, several as an archive of a folder. Gives the name of the download. */
export function saveFiles(folder: string, files: readonly TextFile[]): string {
  const [first] = files;
  if (first !== undefined && files.length === 1) {
    download(first.name, first.text, first.name.endsWith('.html') ? 'text/html' : 'text/plain');
    return first.name;
  }
  const name = `${folder}.zip`;
  download(name, zip(files.map((file) => ({ ...file, name: `${folder}/${file.name}` }))), 'application/zip');
  return name;
}
