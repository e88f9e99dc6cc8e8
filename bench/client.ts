// A client that costs next to nothing, for benchmarks that share their cores with the server: no streams of the web, no unpacking.
import { Agent, get } from 'node:http';

/** Connections are kept and reused, as browsers and programs do; as many as clients. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** Asks as a browser would (packed answers are accepted), reads to the end. @throws when the answer is a refusal */
export function ask(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { 'accept-encoding': 'gzip, deflate, br' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${response.statusCode} ${url}`));
      });
    });
    request.on('error', reject);
  });
}
