// Gathers problems without drowning anyone: at most a hundred of a kind, the last of them counting all that follow.
import type { Problem, ProblemCode } from '../../model/problem.ts';

export type ProblemList = {
  add(problem: Problem): void;
  all(): readonly Problem[];
};

const mostOfAKind = 100;

export function problemList(): ProblemList {
  const problems: Problem[] = [];
  const places = new Map<ProblemCode, { kept: number; last: number; more: number }>();
  return {
    add(problem) {
      const place = places.get(problem.code) ?? { kept: 0, last: -1, more: 0 };
      places.set(problem.code, place);
      if (place.kept < mostOfAKind) {
        place.kept++;
        place.last = problems.push(problem) - 1;
      } else {
        place.more += problem.count ?? 1;
      }
    },
    all() {
      const counted = [...problems];
      for (const { last, more } of places.values()) {
        const problem = counted[last];
        if (more > 0 && problem !== undefined) counted[last] = { ...problem, count: (problem.count ?? 1) + more };
      }
      return counted;
    },
  };
}
