//! What the portals promise: two months of stories, each found where its list says, and events that do what they say.

use std::collections::HashSet;

use super::*;

fn site(style: &'static Style) -> Site {
    Site::new(style, 7, "2026-11-24T08:00:00+07:00[Asia/Ho_Chi_Minh]".parse().unwrap(), String::new())
}

#[test]
fn every_style_shows_all_of_a_story_and_where_it_is() {
    for style in STYLES {
        let site = site(style);
        for list in List::ALL {
            let rows = site.rows(list);
            assert_eq!(rows.len(), 12, "{}", style.name);
            let page = (style.list)(&site, list);
            for story in rows {
                assert!(page.contains(&pieces::escape(&story.title)), "{}: {}", style.name, story.title);
                let path = site.path(story);
                assert_eq!(site.at_path(&path).map(|found| found.number), Some(story.number), "{path}");
                let article = (style.article)(&site, story);
                for paragraph in &story.paragraphs {
                    assert!(article.contains(&pieces::escape(paragraph)), "{}: {paragraph}", style.name);
                }
            }
        }
    }
}

#[test]
fn addresses_are_told_apart_and_keep_their_number_under_another_headline() {
    for style in STYLES {
        let mut site = site(style);
        let paths: HashSet<String> = site.stories.iter().map(|story| site.path(story)).collect();
        assert_eq!(paths.len(), site.stories.len(), "{}", style.name);
        let before: Vec<(u32, String)> = site.stories.iter().map(|story| (story.number, site.path(story))).collect();
        let now = site.now.clone();
        site.happen(Event::Retitle, &now);
        for (number, path) in before {
            assert_eq!(site.at_path(&path).map(|story| story.number), Some(number), "{}: {path}", style.name);
        }
    }
}

#[test]
fn the_old_charset_is_read_back_as_it_was_written() {
    let text = "Cổng thông tin điện tử huyện Trường Xuân: ƯỚC VỌNG ĐỔI THAY, ẵẳỹỗ";
    let page = format!("<meta charset=windows-1258><p>{text}</p>");
    let (read, _) = loa_reader::charset::decode(&charset::windows_1258(&page), Some("text/html"));
    assert!(read.contains(text), "{read}");
}
