import type { ApiProblem } from '@/api/client';
import { useLanguage } from '@/features/language';

const offline = {
  zh: '网络没有连上。请检查网络后重试，已填写的内容仍保存在本机。',
  en: 'No connection. Check your network and try again; what you entered is kept on this device.',
};
const unknown = {
  zh: '服务暂时没有响应，您填写的内容没有丢失，请稍后重试。',
  en: 'The service did not answer. Nothing you entered is lost; please try again later.',
};

/** The server writes its problems in Chinese; these are the English of those that a phone can meet. */
const english: Partial<Record<ApiProblem['type'], string>> = {
  'kernel:not-signed-in': 'Please sign in first.',
  'kernel:not-allowed': 'This identity may not do that. Switch identity and try again.',
  'kernel:not-found': 'This could not be found.',
  'kernel:too-many-requests': 'Too many requests. Please wait a moment and try again.',
  'kernel:invalid-request': 'Some fields are not filled in correctly.',
  'identity:phone-code-wrong': 'The SMS code is wrong or has expired.',
  'identity:too-many-tries': 'Too many tries. Please wait and try again.',
  'identity:platform-code-refused': 'The sign-in was refused. Please sign in again.',
  'surveys:closed': 'This questionnaire is closed.',
  'surveys:already-answered': 'Your firm has already answered this questionnaire.',
  'surveys:invalid-answers': 'Some answers need to be changed.',
  'surveys:off-path': 'An answer no longer belongs to the questions that apply to you. Please check once more.',
  'surveys:wrong-version': 'The questionnaire has changed. Open it again and submit once more.',
  'campaigns:broken-link': 'This link is invalid or has expired. Open it again from the original message.',
  'campaigns:no-openid': 'Messages can only be subscribed to inside WeChat.',
  'enterprises:invitation-invalid': 'This invitation is invalid or has expired.',
  'enterprises:mobile-differs': 'Please verify the mobile number that received the invitation.',
  'work-orders:wrong-state': 'This step is no longer possible. Refresh to see where the matter stands.',
  'kernel:upstream': 'The platform did not answer. Please try again later.',
  'kernel:unavailable': 'The service is busy. Please try again later.',
};

export function problemText(problem: ApiProblem, language: 'zh' | 'en'): string {
  if (problem.type === 'offline') return offline[language];
  if (language === 'en') return english[problem.type] ?? unknown.en;
  return problem.detail || unknown.zh;
}

export const useProblemText = (): ((problem: ApiProblem) => string) => {
  const language = useLanguage();
  return (problem) => problemText(problem, language);
};
