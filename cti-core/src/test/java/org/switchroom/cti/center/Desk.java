package org.switchroom.cti.center;

import java.util.Optional;
import java.util.function.Function;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.Supervision;

/// Somebody at a screen: each thing they do is a command with the next number of their session.
/// Returned is why it is not done; empty: it is.
record Desk(TestFloor floor, String name, String session) {
  Optional<Refusal> asks(Function<CommandId, Input.DeskCommand> command) {
    return floor.asks(command.apply(floor.next(session)));
  }

  private AgentId agent() {
    return new AgentId(name);
  }

  private static ContactId contact(CallId call) {
    return TestFloor.contactOf(call);
  }

  Optional<Refusal> logsIn() {
    return asks(id -> new Input.LogIn(id, agent()));
  }

  Optional<Refusal> logsOut() {
    return asks(id -> new Input.LogOut(id, agent()));
  }

  Optional<Refusal> isReady() {
    return asks(id -> new Input.GoReady(id, agent()));
  }

  Optional<Refusal> takesBreak(String reason) {
    return asks(id -> new Input.GoNotReady(id, agent(), reason));
  }

  Optional<Refusal> sitsAt(String phone) {
    return asks(id -> new Input.SitAt(id, agent(), phone));
  }

  Optional<Refusal> answers(CallId call) {
    return answers(contact(call));
  }

  Optional<Refusal> answers(ContactId contact) {
    return asks(id -> new Input.Answer(id, agent(), contact));
  }

  Optional<Refusal> supervises(String colleague, Supervision how) {
    return supervises(colleague, floor.talkOf(colleague), how);
  }

  Optional<Refusal> supervises(String colleague, ContactId contact, Supervision how) {
    return asks(id -> new Input.Supervise(id, agent(), new AgentId(colleague), contact, how));
  }

  Optional<Refusal> takesOver() {
    return asks(id -> new Input.TakeOver(id, agent(), floor.supervisedBy(name)));
  }

  Optional<Refusal> supervisesNoMore() {
    return asks(id -> new Input.EndSupervision(id, agent()));
  }

  Optional<Refusal> declines(CallId call) {
    return declines(contact(call));
  }

  Optional<Refusal> declines(ContactId contact) {
    return asks(id -> new Input.Decline(id, agent(), contact));
  }

  Optional<Refusal> hangsUp(CallId call) {
    return asks(id -> new Input.HangUp(id, agent(), contact(call)));
  }

  Optional<Refusal> holds(CallId call) {
    return asks(id -> new Input.Hold(id, agent(), contact(call)));
  }

  Optional<Refusal> moves(CallId call) {
    return asks(id -> new Input.MoveTalk(id, agent(), contact(call)));
  }

  Optional<Refusal> givesTo(CallId call, String colleague, String why) {
    return asks(
        id -> new Input.TransferToAgent(id, agent(), contact(call), new AgentId(colleague), why));
  }

  Optional<Refusal> givesToQueue(CallId call, String queue) {
    return asks(
        id -> new Input.TransferToQueue(id, agent(), contact(call), new QueueId(queue), ""));
  }

  Optional<Refusal> givesToNumber(CallId call, String number) {
    return asks(id -> new Input.TransferToNumber(id, agent(), contact(call), number, ""));
  }

  Optional<Refusal> parks(CallId call, String why) {
    return asks(id -> new Input.Park(id, agent(), contact(call), why));
  }

  Optional<Refusal> picksUp(CallId call) {
    return asks(id -> new Input.PickUp(id, agent(), contact(call)));
  }

  Optional<Refusal> asksColleague(CallId call, String colleague, String why) {
    return asks(
        id -> new Input.ConsultAgent(id, agent(), contact(call), new AgentId(colleague), why));
  }

  Optional<Refusal> asksQueue(CallId call, String queue, String why) {
    return asks(id -> new Input.ConsultQueue(id, agent(), contact(call), new QueueId(queue), why));
  }

  Optional<Refusal> asksNumber(CallId call, String number, String why) {
    return asks(id -> new Input.ConsultNumber(id, agent(), contact(call), number, why));
  }

  Optional<Refusal> dials(String number) {
    return dials(number, "");
  }

  Optional<Refusal> dials(String number, String about) {
    return asks(id -> new Input.MakeCall(id, agent(), number, about));
  }

  Optional<Refusal> alternates(CallId call) {
    return asks(id -> new Input.Alternate(id, agent(), contact(call)));
  }

  Optional<Refusal> conferences(CallId call) {
    return asks(id -> new Input.Conference(id, agent(), contact(call)));
  }

  Optional<Refusal> completesConsultation(CallId call) {
    return asks(id -> new Input.CompleteConsultation(id, agent(), contact(call)));
  }

  Optional<Refusal> cancelsConsultation(CallId call) {
    return asks(id -> new Input.CancelConsultation(id, agent(), contact(call)));
  }

  Optional<Refusal> endsAbusive(CallId call, String reason) {
    return asks(id -> new Input.EndAbusiveCall(id, agent(), contact(call), reason));
  }

  Optional<Refusal> retrieves(CallId call) {
    return asks(id -> new Input.Retrieve(id, agent(), contact(call)));
  }

  Optional<Refusal> keys(CallId call, String digits) {
    return asks(
        id -> new Input.GenerateDigits(id, agent(), contact(call), new KeyedDigits(digits)));
  }

  Optional<Refusal> records(CallId call) {
    return asks(id -> new Input.StartRecording(id, agent(), contact(call)));
  }

  Optional<Refusal> pauses(CallId call) {
    return asks(id -> new Input.PauseRecording(id, agent(), contact(call)));
  }

  Optional<Refusal> resumes(CallId call) {
    return asks(id -> new Input.ResumeRecording(id, agent(), contact(call)));
  }

  Optional<Refusal> types(CallId call, String disposition, String note) {
    return asks(id -> new Input.KeepDraft(id, agent(), contact(call), disposition, note));
  }

  Optional<Refusal> completes(CallId call, String disposition, String note) {
    return completes(contact(call), disposition, note);
  }

  Optional<Refusal> completes(ContactId contact, String disposition, String note) {
    return asks(id -> new Input.CompleteWrapUp(id, agent(), contact, disposition, note));
  }

  Optional<Refusal> chooses(CallId call, long customer) {
    return asks(id -> new Input.ChooseCustomer(id, agent(), contact(call), customer));
  }

  Optional<Refusal> choosesFound(CallId call, CustomerCard customer) {
    return asks(id -> new Input.ChooseFound(id, agent(), contact(call), customer));
  }

  Optional<Refusal> boosts(CallId call, int points) {
    return asks(id -> new Input.Boost(id, agent(), contact(call), points));
  }

  /// The screen is there.
  Desk opens() {
    floor.takes(new Input.DeskOpened(agent()));
    return this;
  }

  /// The agent's last screen is gone.
  Desk closes() {
    floor.takes(new Input.DeskClosed(agent()));
    return this;
  }
}
