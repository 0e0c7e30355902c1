export const wizardSteps = ['content', 'audience', 'plan', 'preview', 'review'] as const;
export type WizardStep = (typeof wizardSteps)[number];

export const sectionId = (step: WizardStep): string => `wizard-${step}`;

/** Brings a step into view and puts the reader's focus on its heading. */
export function goToStep(step: WizardStep): void {
  const heading = document.getElementById(sectionId(step));
  heading?.scrollIntoView({ block: 'start', behavior: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  heading?.focus({ preventScroll: true });
}
