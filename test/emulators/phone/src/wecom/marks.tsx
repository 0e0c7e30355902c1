/** The mark of the city's application. */
export function AssistantMark() {
  return (
    <span className="assistant-mark" aria-hidden="true">
      惠
    </span>
  );
}
