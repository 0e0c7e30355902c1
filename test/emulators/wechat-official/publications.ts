import type { World } from '../world/world';

export interface Draft {
  readonly mediaId: string;
  readonly title: string;
  /** Its address once it is out. */
  readonly url: string;
}

/** 0 published, 1 under way, 2 not original, 3 failed, 4 refused, 5 deleted by the account, 6 banned. */
export type PublishStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export interface Publication {
  readonly publishId: string;
  readonly draft: Draft;
  status: PublishStatus;
}

/** The draft box, and what became of what was submitted from it. A draft that was published or sent leaves the box. */
export class Publications {
  /** What the next submissions end in; 1: they stay under way until they are settled. */
  ending: PublishStatus = 0;
  private readonly drafts = new Map<string, Draft>();
  private readonly submitted = new Map<string, Publication>();
  private nextId = 100_000_000;

  constructor(private readonly world: World) {
    this.clear();
  }

  draft(mediaId: string): Draft | undefined {
    return this.drafts.get(mediaId);
  }

  removeDraft(mediaId: string): void {
    this.drafts.delete(mediaId);
  }

  submit(draft: Draft): Publication {
    this.nextId += 1;
    const publication: Publication = { publishId: String(this.nextId), draft, status: 1 };
    this.submitted.set(publication.publishId, publication);
    return publication;
  }

  find(publishId: string): Publication | undefined {
    return this.submitted.get(publishId);
  }

  clear(): void {
    this.ending = 0;
    this.submitted.clear();
    this.drafts.clear();
    for (const { mediaId, title } of this.world.accounts.wechatOfficial.drafts)
      this.drafts.set(mediaId, { mediaId, title, url: `https://mp.weixin.qq.com/s/${mediaId}` });
  }
}
