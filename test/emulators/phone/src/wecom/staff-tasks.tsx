import { ChatTime, SCROLLS_BY_KEY } from '../chat/chat-scroll';
import { NavBar } from '../chat/nav-bar';
import { deskClient, type StaffTask } from '../desk-client';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';

/** What the corp asks a member of staff to send to their customers: nothing goes out before they confirm. */
export function StaffTasks({ view, act, enter }: AppProps) {
  const word = useWords();
  const tasks = view.tasks ?? [];
  return (
    <div className="chat">
      <NavBar title={word('customerTasks')} onBack={() => enter(null)} />
      <section className="chat-scroll" aria-label={word('customerTasks')} {...SCROLLS_BY_KEY}>
        {[...tasks].reverse().map((task) => (
          <Task key={task.msgid} task={task} onConfirm={() => void act(deskClient.confirmTask(view.persona.id, task.msgid))} />
        ))}
      </section>
    </div>
  );
}

function Task({ task, onConfirm }: { task: StaffTask; onConfirm: () => void }) {
  const word = useWords();
  return (
    <>
      <ChatTime at={task.at} />
      <article className="staff-task">
        <h3>{word('taskTitle')}</h3>
        <p className="task-text">{task.text}</p>
        <p className="task-to">
          {word('taskTo')} {task.customers} {word('customers')}
        </p>
        {task.state === 'waiting' ? (
          <button type="button" className="card-submit" onClick={onConfirm}>
            {word('taskSend')}
          </button>
        ) : (
          <p className="card-after">{word('taskSent')}</p>
        )}
      </article>
    </>
  );
}
