// What Loket has mailed, read back from the files it writes where no mail server is configured.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Letter {
  /** The header, its long lines joined. */
  head: string;
  /** Its text part. */
  text: string;
}

/** Everything that was mailed to an address, the oldest first. The folder is made with the first mail. */
export async function lettersTo(data: string, address: string): Promise<Letter[]> {
  const folder = join(data, 'mail');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const letters = await Promise.all(names.map(async (name) => read(await readFile(join(folder, name), 'utf8'))));
  return letters.filter(({ head }) => /^To: .*$/m.exec(head)?.[0].includes(address));
}

function read(raw: string): Letter {
  const [head = ''] = raw.split('\r\n\r\n');
  const part = raw.slice(head.length).split(/^Content-Type: text\/plain.*$/m)[1] ?? '';
  const body = part.slice(part.indexOf('\r\n\r\n')).split('\r\n--loket_')[0] ?? '';
  const bytes = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return { head: head.replaceAll('\r\n ', ' '), text: Buffer.from(bytes, 'latin1').toString('utf8') };
}
