package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Input.ScreenCommand;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Refusal;
import org.switchroom.desktop.web.DeskMessage.Read;

/// Whatever a browser has written into a message, the engine is given a command it can decide on,
/// or none.
class DeskMessageTest {
  private static final CommandId ID = new CommandId("s", 1);

  private static Read read(String text) {
    DeskMessage message = DeskMessage.parse(text).orElseThrow();
    return message.read(message.command().orElseThrow(), ID, new AgentId("ann"));
  }

  /// The engine would look for a queue or an agent of no name, and fail.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'transferToQueue','contact':'1.1'}",
        "{'type':'transferToQueue','contact':'1.1','queue':''}",
        "{'type':'transferToQueue','contact':'1.1','queue':' \\u00a0\\u2003\\u0000 '}",
        "{'type':'transferToQueue','contact':'1.1','queue':7}",
        "{'type':'transferToAgent','contact':'1.1','colleague':null}",
        "{'type':'consultQueue','contact':'1.1','queue':['q']}",
        "{'type':'consultAgent','contact':'1.1','colleague':'\\t'}",
        "{'type':'supervise','contact':'1.1','how':'listen'}",
        "{'type':'supervise','contact':'1.1','how':'listen','agent':'ben'}",
        "{'type':'hold'}",
        "{'type':'hold','contact':' '}",
      })
  void whatNamesNobodyIsNoRequest(String said) {
    assertThat(read(said.replace('\'', '"'))).isEqualTo(new Read.Refused(DeskMessage.UNKNOWN));
  }

  /// The lower half of a number is another number.
  @ParameterizedTest
  @ValueSource(strings = {"4294967301", "-99999999999", "1e400", "99999999999999999999999"})
  void pointsThatCannotBeCountedAreRefused(String points) {
    assertThat(read("{\"type\":\"boost\",\"contact\":\"1.1\",\"points\":%s}".formatted(points)))
        .isEqualTo(new Read.Refused(Refusal.POINTS));
  }

  @Test
  void aCustomerThatCannotBeCountedIsNobody() {
    String said = "{\"type\":\"chooseCustomer\",\"contact\":\"1.1\",\"customer\":%s}";
    for (String customer : List.of("18446744073709551617", "1e300", "true", "\"1\"", "[1]")) {
      var read = (Read.Command) read(said.formatted(customer));
      assertThat(((Input.ChooseCustomer) read.command()).customer()).isEqualTo(-1);
    }
  }

  @Test
  void whateverStandsInAFieldNothingIsThrown() {
    List<String> values =
        List.of("null", "1", "-1", "1e400", "true", "{}", "[]", "\"\"", "\" \"", "\"\\u0000\"");
    for (Class<?> command : Sealed.records(ScreenCommand.class).toList()) {
      for (String value : values) {
        String fields =
            Stream.of(command.getRecordComponents())
                .map(field -> ",\"%s\":%s".formatted(field.getName(), value))
                .reduce("", String::concat);
        String said = "{\"type\":\"%s\"%s}".formatted(Json.type(command), fields);
        assertThatCode(() -> read(said)).as(said).doesNotThrowAnyException();
      }
    }
  }
}
