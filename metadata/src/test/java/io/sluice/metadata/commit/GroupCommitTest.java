package io.sluice.metadata.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class GroupCommitTest {

  private static final int MOST = 10;

  private final List<List<Integer>> transactions = new CopyOnWriteArrayList<>();
  private final List<List<Integer>> followed = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstMayGo = new CountDownLatch(1);
  private final CountDownLatch followingMayGo = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GroupCommit<Integer, String> group =
      new GroupCommit<>(new Recording(), item -> Math.abs(item), MOST);

  /// Answers with the item as text, holds the first transaction up, and does not take negative items.
  private final class Recording implements GroupCommit.Transaction<Integer, String> {

    @Override
    public List<String> commit(List<Integer> items) {
      boolean first = transactions.isEmpty();
      transactions.add(items);
      if (first) {
        pass(firstMayGo);
      }
      if (items.contains(-9)) {
        throw new DataAccessResourceFailureException("gone");
      }
      if (items.stream().anyMatch(item -> item < 0)) {
        throw new IllegalArgumentException("negative");
      }
      return items.stream().map(String::valueOf).toList();
    }

    @Override
    public void follow(List<Integer> items, List<String> answers) {
      if (items.contains(7)) {
        pass(followingMayGo);
      }
      followed.add(items);
    }
  }

  @AfterEach
  void letGo() {
    firstMayGo.countDown();
    followingMayGo.countDown();
    threads.close();
  }

  @Test
  void aLoneCallerIsCommittedAtOnce() throws Exception {
    firstMayGo.countDown();

    assertThat(group.commit(List.of(1, 2))).containsExactly("1", "2");
    assertThat(group.commit(List.of())).isEmpty();

    assertThat(transactions).containsExactly(List.of(1, 2));
    assertThat(followed).containsExactly(List.of(1, 2));
  }

  @Test
  void whoComesMeanwhileGoesTogetherAndEachGetsHisOwnAnswer() throws Exception {
    List<Future<List<String>>> answers = gatherBehindOne(List.of(2, 3, 1));
    firstMayGo.countDown();

    assertThat(get(answers.get(1))).containsExactly("2");
    assertThat(get(answers.get(2))).containsExactly("3");
    assertThat(get(answers.get(3))).containsExactly("1");
    assertThat(transactions).containsExactly(List.of(1), List.of(2, 3, 1));
    await().until(() -> followed.containsAll(transactions));
  }

  @Test
  void aGroupIsBoundedByWeightAndTooHeavyAOneGoesAlone() throws Exception {
    List<Future<List<String>>> answers = gatherBehindOne(List.of(6, 5, 25, 1));
    firstMayGo.countDown();

    for (Future<List<String>> answer : answers) {
      get(answer);
    }
    assertThat(transactions)
        .containsExactly(List.of(1), List.of(6), List.of(5), List.of(25), List.of(1));
  }

  @Test
  void oneThatDoesNotGoDoesNotTakeTheOthersWithIt() throws Exception {
    List<Future<List<String>>> answers = gatherBehindOne(List.of(2, -1, 3));
    firstMayGo.countDown();

    assertThat(get(answers.get(1))).containsExactly("2");
    assertThatThrownBy(() -> get(answers.get(2))).hasRootCauseMessage("negative");
    assertThat(get(answers.get(3))).containsExactly("3");
    // What follows the first commit may come after the next one is done.
    await().until(() -> followed.size() == 3);
    assertThat(followed).containsExactlyInAnyOrder(List.of(1), List.of(2), List.of(3));
  }

  /// Nobody knows what became of it, so nothing may be tried twice.
  @Test
  void aDatabaseThatIsAwayFailsAllAndNothingIsTriedAgain() throws Exception {
    List<Future<List<String>>> answers = gatherBehindOne(List.of(1, -9));
    firstMayGo.countDown();

    assertThatThrownBy(() -> get(answers.get(1))).hasRootCauseMessage("gone");
    assertThatThrownBy(() -> get(answers.get(2))).hasRootCauseMessage("gone");
    assertThat(transactions).containsExactly(List.of(1), List.of(1, -9));
    assertThat(get(threads.submit(() -> group.commit(List.of(4))))).containsExactly("4");
  }

  @Test
  void whatFollowsACommitHoldsUpNeitherTheNextNorTheOthers() throws Exception {
    List<Future<List<String>>> answers = gatherBehindOne(List.of(7, 2)).subList(1, 3);
    firstMayGo.countDown();

    // Either may have led the group: who was not parked yet can be there before the head is awake.
    await().until(() -> answers.stream().anyMatch(Future::isDone));
    assertThat(get(threads.submit(() -> group.commit(List.of(3))))).containsExactly("3");
    assertThat(answers.stream().filter(Future::isDone)).as("all but who leads").hasSize(1);
    followingMayGo.countDown();
    assertThat(get(answers.get(0))).containsExactly("7");
    assertThat(get(answers.get(1))).containsExactly("2");
  }

  @Test
  void whoIsCalledAwayIsNotCommittedAndHoldsNobodyUp() throws Exception {
    List<Future<List<String>>> answers = gatherBehindOne(List.of(2, 3));
    answers.get(1).cancel(true);
    await().until(() -> group.waiting() == 1);
    firstMayGo.countDown();

    assertThat(get(answers.get(2))).containsExactly("3");
    assertThat(transactions).containsExactly(List.of(1), List.of(3));
  }

  @Test
  void underLoadEveryCallGetsItsAnswerAndIsCommittedOnce() throws Exception {
    firstMayGo.countDown();
    List<Future<List<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      int item = i % 6;
      answers.add(threads.submit(() -> group.commit(List.of(item))));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(get(answers.get(i))).containsExactly(String.valueOf(i % 6));
    }
    assertThat(transactions.stream().mapToInt(List::size).sum()).isEqualTo(2_000);
    assertThat(group.waiting()).isZero();
    assertThat(group.committing()).isFalse();
  }

  /// The item 1, whose commit is under way, and behind it the others, in their order.
  private List<Future<List<String>>> gatherBehindOne(List<Integer> items) {
    List<Future<List<String>>> answers = new ArrayList<>();
    answers.add(threads.submit(() -> group.commit(List.of(1))));
    await().until(() -> !transactions.isEmpty());
    for (int item : items) {
      int before = group.waiting();
      answers.add(threads.submit(() -> group.commit(List.of(item))));
      await().until(() -> group.waiting() == before + 1);
    }
    return answers;
  }

  private static List<String> get(Future<List<String>> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static void pass(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
