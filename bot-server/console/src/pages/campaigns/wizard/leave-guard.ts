import { App } from 'antd';
import { useContext, useEffect, useRef } from 'react';
import { UNSAFE_NavigationContext } from 'react-router';

interface LeaveWords {
  title: string;
  text: string;
  leave: string;
  stay: string;
}

/**
 * Asks before what is not saved would be lost: on closing or reloading while `isDirty`, and on going to another page while `isStuck`
 * (what can be saved is saved on the way out instead).
 * NOTE: react-router blocks navigation only in its data routers; with the plain one its navigator is asked in between.
 */
export function useLeaveGuard(isDirty: boolean, isStuck: boolean, words: LeaveWords): void {
  const { navigator } = useContext(UNSAFE_NavigationContext);
  const { modal } = App.useApp();
  const said = useRef(words);
  said.current = words;
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  useEffect(() => {
    if (!isStuck) return;
    const { push } = navigator;
    navigator.push = (...target) => {
      const { title, text, leave, stay } = said.current;
      modal.confirm({
        title,
        content: text,
        okText: leave,
        okButtonProps: { danger: true, type: 'default' },
        cancelText: stay,
        autoFocusButton: 'cancel',
        onOk: () => push(...target),
      });
    };
    return () => {
      navigator.push = push;
    };
  }, [isStuck, navigator, modal]);
}
