package org.switchroom.cti.pbx.asterisk;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.switchroom.cti.pbx.PbxCommand;

/// What is written to Asterisk's manager for a command, for who measures Asterisk alone: the
/// actions that [StartedAsterisk] sends, and nothing that it knows or waits for.
public final class PlainActions {
  private PlainActions() {}

  /// The actions in their order, each with its end.
  public static List<String> of(PbxCommand command) {
    return switch (command) {
      case PbxCommand.RingAgent ring ->
          texts(AmiActions.stands(ring.call(), ring.leg()), AmiActions.originate(ring));
      case PbxCommand.MakeCall make -> texts(AmiActions.makeCall(make));
      case PbxCommand.GiveToAsked give -> texts(AmiActions.giveToAsked(give));
      case PbxCommand.Dial dial -> texts(AmiActions.dial(dial));
      case PbxCommand.HangUpLeg(var leg) -> texts(AmiActions.hangUp(leg.channel()));
      case PbxCommand.HangUpCall(var call) -> texts(AmiActions.hangUp(call.channel()));
      case PbxCommand.TakeBack(var call) ->
          texts(AmiActions.redirect(call.channel(), Kit.CONTEXT_HOLD));
      case PbxCommand.Adopt adopt -> texts(AmiActions.adopt(adopt, Instant.now()));
      case PbxCommand.Hold hold -> texts(AmiActions.hold(hold));
      case PbxCommand.Retrieve retrieve -> texts(AmiActions.retrieve(retrieve));
      case PbxCommand.Consult consult -> texts(AmiActions.consult(consult));
      case PbxCommand.BackToConsultation(var own) -> texts(AmiActions.backToConsultation(own));
      case PbxCommand.Conference conference -> texts(AmiActions.conference(conference));
      case PbxCommand.GenerateDigits(var call, var keyed, var onwards) ->
          texts(AmiActions.playDigit(call, keyed.value().charAt(0), DigitSender.LENGTH, onwards));
      case PbxCommand.Supervise ring -> texts(AmiActions.originate(ring));
      case PbxCommand.SuperviseBy by -> texts(AmiActions.superviseBy(by));
      case PbxCommand.TakeOver take -> texts(AmiActions.takeOver(take));
      case PbxCommand.StartRecording(var call, var recording) ->
          texts(
              AmiActions.setVariable(call.channel(), Kit.RECORDING, recording.value()),
              AmiActions.record(call, recording));
      case PbxCommand.MuteRecording(var call, var mute) -> texts(AmiActions.mute(call, mute));
      default ->
          throw new IllegalArgumentException(
              "%s is measured by nobody. Maybe it is to be written here.".formatted(command));
    };
  }

  /// A ringing phone that can be told to is told to answer, by the name of its channel.
  public static List<String> answer(String channelName) {
    return texts(AmiActions.answer(channelName));
  }

  private static List<String> texts(AmiAction... actions) {
    return texts(List.of(actions));
  }

  private static List<String> texts(List<AmiAction> actions) {
    return actions.stream().map(PlainActions::text).toList();
  }

  private static String text(AmiAction action) {
    var text = new StringBuilder("Action: ").append(action.getAction()).append("\r\n");
    Stream.ofNullable(action.getActionId())
        .forEach(id -> text.append("ActionID: ").append(id).append("\r\n"));
    action
        .getAttributes()
        .forEach((name, value) -> text.append(name + ": " + value).append("\r\n"));
    return text.append("\r\n").toString();
  }
}
