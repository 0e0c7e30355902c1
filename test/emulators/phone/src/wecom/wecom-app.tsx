import type { AppProps } from '../phone/app-props';
import { AssistantChat } from './assistant-chat';
import { StaffTasks } from './staff-tasks';
import { WecomHome } from './wecom-home';

/** WeCom: the list of chats, the chat with the city's application, and the tasks a member of staff confirms. */
export function WecomApp(props: AppProps) {
  if (props.thread === 'assistant') return <AssistantChat {...props} />;
  if (props.thread === 'tasks') return <StaffTasks {...props} />;
  return <WecomHome {...props} />;
}
