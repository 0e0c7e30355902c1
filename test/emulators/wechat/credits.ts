/** What a person has allowed for one template. */
export interface Credit {
  /** Messages left; each accept adds one. They do not expire. */
  left: number;
  isLongTerm: boolean;
}

/** The platform's own ledger of consent, per person and template: an accepted send of a one-time template uses one up. */
export class Credits {
  private readonly byKey = new Map<string, Credit>();

  grant(openid: string, templateId: string, count: number, isLongTerm: boolean): Credit {
    const key = `${openid}|${templateId}`;
    const credit = this.byKey.get(key) ?? { left: 0, isLongTerm };
    credit.left += count;
    this.byKey.set(key, credit);
    return credit;
  }

  /** The person turned the template off: what was left is gone. */
  refuse(openid: string, templateId: string): void {
    this.byKey.delete(`${openid}|${templateId}`);
  }

  /** @returns false when nothing is left */
  consume(openid: string, templateId: string): boolean {
    const credit = this.byKey.get(`${openid}|${templateId}`);
    if (!credit || credit.left <= 0) return false;
    if (!credit.isLongTerm) credit.left -= 1;
    return true;
  }

  of(openid: string, templateId: string): Credit | undefined {
    return this.byKey.get(`${openid}|${templateId}`);
  }

  clear(): void {
    this.byKey.clear();
  }
}
