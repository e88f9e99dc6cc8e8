// Takes the census of a delimited text while its bytes go by for the first time: a large file is not read twice.
import { type Census, type CensusRequest, type CensusTaker, censusTaker } from './census.ts';
import { judgeHead } from './encoding.ts';
import { sniff } from './sniff.ts';

/** What was learnt on the way, worth something only to a reader that would have asked for the same. */
export type Glance = { readonly request: CensusRequest; readonly census: Census };

export type ReadAlong = {
  /** Never throws: a file that cannot be read along is read later, and its faults are told then. */
  see(chunk: Uint8Array): void;
  /** Null when the bytes are no delimited UTF-8 text. */
  glance(): Glance | null;
};

/** As many bytes as the reader of delimited texts looks at first. */
export const firstHeadBytes = 256 * 1024;

export function readAlong(): ReadAlong {
  let head: Uint8Array[] = [];
  let headBytes = 0;
  let started: { request: CensusRequest; taker: CensusTaker } | null = null;
  let hopeless = false;

  const attempt = (work: () => void) => {
    try {
      work();
    } catch {
      hopeless = true;
      started = null;
    }
  };

  const start = (complete: boolean) => {
    const bytes = Buffer.concat(head);
    head = [];
    const request = censusRequestOf(bytes.subarray(0, firstHeadBytes), complete);
    if (request === null) {
      hopeless = true;
      return;
    }
    started = { request, taker: censusTaker(request) };
    started.taker.read(bytes);
  };

  return {
    see(chunk) {
      if (hopeless) return;
      attempt(() => {
        if (started !== null) {
          started.taker.read(chunk);
          if (started.taker.over) hopeless = true;
          return;
        }
        // The chunk's memory is used again by whoever reads.
        head.push(Uint8Array.from(chunk));
        headBytes += chunk.length;
        if (headBytes >= firstHeadBytes) start(false);
      });
    },
    glance() {
      let found: Glance | null = null;
      if (!hopeless) {
        attempt(() => {
          if (started === null) start(true);
          if (started !== null) found = { request: started.request, census: started.taker.answer() };
        });
      }
      return found;
    },
  };
}

function censusRequestOf(head: Uint8Array, complete: boolean): CensusRequest | null {
  const judged = judgeHead(head);
  if (head.length === 0 || judged.binary || judged.wide !== null) return null;
  const sniffed = sniff(Buffer.from(head.subarray(judged.markBytes)).toString('utf8').replaceAll('\0', ''), complete);
  if (sniffed === null) return null;
  const { dialect, width, headerIndex, firstDataIndex } = sniffed;
  return {
    start: judged.markBytes,
    dialect,
    width,
    skipRecords: firstDataIndex,
    hasHeader: headerIndex !== null,
    offsets: [],
  };
}

/** The census that was taken on the way, if it is the one asked for. */
export function sameCensus(glance: Glance | null | undefined, request: CensusRequest): Census | null {
  if (glance === null || glance === undefined) return null;
  return JSON.stringify(glance.request) === JSON.stringify(request) ? glance.census : null;
}
