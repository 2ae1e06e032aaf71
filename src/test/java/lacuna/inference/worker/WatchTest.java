package lacuna.inference.worker;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import lacuna.inference.worker.WorkerLimits.Patience;

import static org.assertj.core.api.Assertions.assertThat;

class WatchTest {
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(1), 3,
            Duration.ofMillis(150), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(4), 20);

    private final Watch watch = new Watch(PATIENCE);

    @Test
    void whoGivesSignsOfLifeIsLeftAlone() {
        for (int i = 0; i < 100; i++) {
            assertThat(watch.beat()).isEmpty();
            watch.heard();
        }
    }

    @Test
    void whoGivesNoneIsGivenUpAfterTheBeatsThatAreAllowed() {
        for (int i = 0; i < 3; i++) {
            assertThat(watch.beat()).isEmpty();
        }
        assertThat(watch.beat()).hasValue("it gave no sign of life for 3 s");
    }

    @Test
    void aRunMayTakeAsLongAsItMayWhileSignsOfLifeCome() {
        Watch.Errand run = watch.begin("a run", Duration.ofSeconds(10));
        for (int i = 0; i < 10; i++) {
            assertThat(beatAndHear()).isTrue();
        }
        watch.end(run);
        assertThat(beatAndHear()).isTrue();
    }

    @Test
    void aRunThatNeverEndsIsFound() {
        watch.begin("a run", Duration.ofSeconds(10));
        for (int i = 0; i < 10; i++) {
            assertThat(beatAndHear()).isTrue();
        }
        watch.heard();
        assertThat(watch.beat()).hasValue("a run did not end within 10 s");
    }

    @Test
    void aRunOfUnknownLengthMayTakeLongAndOthersAMultipleOfWhatIsExpected() {
        Pace pace = new Pace();
        assertThat(pace.limit(1000, PATIENCE)).isEqualTo(PATIENCE.firstRun());
        pace.ran(1000, Duration.ofMillis(10).toNanos());
        assertThat(pace.limit(1000, PATIENCE)).as("no less than the least").isEqualTo(PATIENCE.leastRun());
        assertThat(pace.limit(1_000_000, PATIENCE)).as("twenty times ten seconds").isEqualTo(Duration.ofSeconds(200));
        pace.ran(1000, Duration.ofMillis(1).toNanos());
        assertThat(pace.limit(1_000_000, PATIENCE)).as("the slowest counts").isEqualTo(Duration.ofSeconds(200));
        assertThat(pace.limit(Long.MAX_VALUE, PATIENCE)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void aModelMayTakeLongerToLoadTheLargerItIs() {
        assertThat(PATIENCE.load(0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(PATIENCE.load(8 << 20)).isEqualTo(Duration.ofSeconds(13));
        assertThat(Patience.DEFAULT.load(8 << 20)).as("a small one").isLessThan(Duration.ofMinutes(2));
        assertThat(Patience.DEFAULT.load(2L << 30)).as("a large one").isGreaterThan(Duration.ofMinutes(30));
    }

    private boolean beatAndHear() {
        boolean fine = watch.beat().isEmpty();
        watch.heard();
        return fine;
    }
}
