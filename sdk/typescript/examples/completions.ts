// Reports completions of an online course, follows every page of what was reported, and says what is wrong with a row.
//
// The types do the work: a path, a query, a body or a header that an operation does not have, or lacks, does not compile.
// It runs wherever there is `fetch`: in browsers, in Node from 18 on, in Deno and Bun.

import type { BatchOut, Operations } from "../ncce";

type Name = keyof Operations;
type Part<N extends Name, P extends string> = P extends keyof Operations[N] ? Operations[N][P] : never;
type Given<N extends Name> = {
  [P in Extract<keyof Operations[N], "path" | "query" | "header" | "body">]: Operations[N][P];
};

/** What the platform says when it refuses: `code` is for programs, `detail` for people. */
interface Problem {
  code: string;
  detail: string;
  request_id: string;
}

class Refused extends Error {
  constructor(readonly status: number, readonly problem: Problem) {
    super(`${status} ${problem.code}: ${problem.detail} (request ${problem.request_id})`);
  }
}

class Platform {
  constructor(private readonly base: string, private readonly key: string) {}

  /** Calls an operation by its method and address, which have to be its own. */
  async call<N extends Name>(
    method: Operations[N]["method"],
    url: Operations[N]["url"],
    given: Given<N>,
  ): Promise<Part<N, "answer">> {
    const { path = {}, query = {}, header = {}, body } = given as {
      path?: Record<string, string>;
      query?: Record<string, string | number | boolean | null>;
      header?: Record<string, string>;
      body?: unknown;
    };
    const filled = url.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(path[name] ?? ""));
    const address = new URL(filled, this.base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== null) address.searchParams.set(name, String(value));
    }
    const headers = { ...header, "x-api-key": this.key, "content-type": "application/json" };
    const sent: RequestInit = { method, headers };
    if (body !== undefined) sent.body = JSON.stringify(body);
    const reply = await fetch(address, sent);
    if (!reply.ok) throw new Refused(reply.status, (await reply.json()) as Problem);
    return (await reply.json()) as Part<N, "answer">;
  }
}

/** Reports one completion. After a lost connection call it again with the same key: nothing is counted twice. */
async function report(platform: Platform, idempotencyKey: string): Promise<BatchOut> {
  return platform.call<"record_completions">("POST", "/v1/completions:batch", {
    header: { "idempotency-key": idempotencyKey },
    body: {
      completions: [
        {
          external_id: "course-7/learner-42",
          external_learner_id: "learner-42",
          activity_code: "CO005",
          percent: 100,
          hours: "3.5",
          occurred_at: "2026-11-02T16:00:00Z",
        },
      ],
    },
  });
}

/** How many of the partner's reports wait for somebody to find the teacher, page by page. */
async function waiting(platform: Platform): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Operations["list_completions"]["answer"] = await platform.call<"list_completions">(
      "GET",
      "/v1/completions",
      { query: { status: "queued", limit: 100, cursor } },
    );
    count += page.data.length;
    cursor = page.page.next_cursor ?? null;
  } while (cursor !== null);
  return count;
}

export async function main(base: string, key: string): Promise<void> {
  const platform = new Platform(base, key);
  const answer = await report(platform, crypto.randomUUID());
  for (const { index, code, detail } of answer.rejected) {
    console.error(`row ${index} was refused, ${code}: ${detail}`);
  }
  console.log(`${answer.recorded} recorded, ${answer.queued} queued; ${await waiting(platform)} wait in all`);
}

// What does not compile, and has to go on not compiling:
async function refusedByTheCompiler(platform: Platform): Promise<void> {
  // @ts-expect-error  the address is another operation's
  await platform.call<"list_completions">("GET", "/v1/hubs", { query: {} });
  // @ts-expect-error  without its header a batch would be refused
  await platform.call<"record_completions">("POST", "/v1/completions:batch", { body: { completions: [] } });
  // @ts-expect-error  there is no such status
  await platform.call<"list_completions">("GET", "/v1/completions", { query: { status: "lost" } });
}
void refusedByTheCompiler;
