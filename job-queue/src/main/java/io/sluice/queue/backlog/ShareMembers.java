package io.sluice.queue.backlog;

import io.sluice.queue.client.Answers;
import io.sluice.queue.client.KafkaClients;
import java.util.List;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Asks Kafka who is in a share group.
final class ShareMembers {

  private final KafkaClients clients;

  ShareMembers(KafkaClients clients) {
    this.clients = clients;
  }

  LaneMembers read(String group) throws InterruptedException {
    var asked = clients.admin().describeShareGroups(List.of(group)).describedGroups().get(group);
    try {
      return LaneMembers.of(
          Answers.await(asked).members().stream().map(ShareMemberDescription::clientId).toList());
    } catch (GroupIdNotFoundException e) {
      return LaneMembers.NONE;
    }
  }
}
