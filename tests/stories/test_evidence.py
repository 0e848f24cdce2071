"""Evidence is fetched by a durable queue, under names of our own, with size and type checked."""

import hashlib
from pathlib import Path

import pytest

from bot.evidence import kind_of
from sandbox import pictures
from tests.town import Town


def kept_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def put_in_the_way(folder: Path) -> None:
    folder.write_text("a file where the folder should be", "utf-8")


def take_away(file: Path) -> None:
    file.unlink()


async def fetched(town: Town) -> list[tuple[str | None, str | None, str | None]]:
    async with town.desks.storage.engine.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT kept_as, sha256, missing FROM attachments ORDER BY id")
        return [(row.kept_as, row.sha256, row.missing) for row in rows]


async def test_a_photo_is_kept_once_under_the_name_of_its_own_content(town: Town) -> None:
    picture = pictures.draw("路灯")
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了", data=picture)
    await town.settle_files()

    digest = hashlib.sha256(picture).hexdigest()
    [(kept_as, sha256, missing)] = await fetched(town)
    assert (sha256, missing) == (digest, None)
    assert kept_as == f"{digest[:2]}/{digest}.{kind_of(picture).ending}"
    assert (Path(town.settings.files) / kept_as).read_bytes() == picture

    town.li.sends_photo(town.bot, data=picture)
    await town.settle_files()
    assert [digest for _, digest, _ in await fetched(town)] == [sha256] * 2
    assert len(kept_files(town.settings.files)) == 1


async def test_what_a_file_calls_itself_does_not_count(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_document(town.bot, data=b"MZ\x90\x00 evil", name="../../photo.jpg", mime="image/jpeg")
    town.li.sends_photo(town.bot, data=b"<html>no photo</html>")
    await town.settle_files()

    document, photo = await fetched(town)
    assert document[0]
    assert document[0].endswith(".bin")
    assert photo == (None, None, "wrong_type")


async def test_a_file_that_is_too_large_is_noted_and_still_sent_on(town: Town) -> None:
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_video(town.bot, "漏水的视频", size=30 * 1024 * 1024)
    await town.settle_files()
    await town.presses(town.li, town.draft_card(town.li), "提交")

    assert (await fetched(town))[0][2] == "too_large"
    assert town.posted(town.grid)[-1].kind == "video"
    async with town.desks.reading() as (_, work):
        assert await work.attachments.missing() == {"too_large": 1}


async def test_what_fails_for_now_is_fetched_later_even_after_a_restart(town: Town) -> None:
    town.world.faults.next("getFile", status=500, times=2)
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了")
    await town.settle_files()
    assert (await fetched(town))[0][2] == "unreached"

    await town.restart()
    await town.passes(seconds=5)
    await town.settle_files()
    await town.passes(seconds=10)
    await town.settle_files()
    assert (await fetched(town))[0][2] is None


@pytest.mark.both_databases
async def test_a_file_that_telegram_cannot_reach_for_now_is_asked_for_again(town: Town) -> None:
    refusal = "Bad Request: wrong file_id or the file is temporarily unavailable"
    town.world.faults.next("getFile", 400, description=refusal)
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了")
    await town.settle_files()
    assert (await fetched(town))[0][2] == "unavailable"
    await town.passes(minutes=1)
    await town.settle_files()

    assert (await fetched(town))[0][0] is not None


async def test_a_file_that_was_out_of_reach_for_a_week_is_not_given_up_at_the_first_refusal(town: Town) -> None:
    town.world.faults.next("getFile", status=500)
    town.li.starts(town.bot, "g_ZN-01")
    town.li.sends_photo(town.bot, "路灯坏了")
    await town.settle_files()
    await town.alters("UPDATE attachments SET fetch_attempts = 60480")
    town.world.faults.next("getFile", 400, description="Bad Request: the file is temporarily unavailable")
    for _ in range(2):
        await town.passes(hours=1)
        await town.settle_files()

    assert (await fetched(town))[0][0] is not None


async def test_a_disk_that_takes_nothing_is_noted_and_tried_again(town: Town) -> None:
    put_in_the_way(town.settings.files)
    town.li.starts(town.bot, "g_ZN-01")
    for _ in range(6):
        town.li.sends_photo(town.bot, "路灯坏了")
    await town.settle_files()
    assert [missing for _, _, missing in await fetched(town)] == ["unwritten"] * 6
    take_away(town.settings.files)
    await town.passes(minutes=1)
    await town.settle_files()

    assert all(kept_as for kept_as, _, _ in await fetched(town))
