"""What belongs to a page and not to a story, as data: selectors and texts, each with the reason the report gives.

Selectors are those of the plug-ins and themes that news sites run on. A class that a theme may use for the story itself
("content", "promo-text") has no place here; an outlet that needs one sets it in its own rules. Texts are whole
paragraphs; `{0,n}` bounds every gap, so that each pattern is tried in linear time.
"""

# ruff: noqa: E501  one wording a line reads better than lines of one length
SELECTORS: dict[str, str] = {
    "share buttons": """
        .sharedaddy, .share-buttons, .social-share, .social-sharing, .social-share-*, .sharing-buttons, .post-share,
        .post-sharing, .share-post, .entry-share, .article-share, .share-bar, .share-links, .sharethis-*, .addtoany_*,
        .addthis_*, .a2a_kit, .heateor_*, .essb_links, .mashsb-*, .ssba, .ssba-*, .sfsi_*, .shareaholic-*, .swp_social_panel,
        .simplesocialbuttons, .wp-block-social-links, .wp-block-jetpack-sharing-buttons, .sqs-block-socialaccountlinks-v2,
        .Share, .ya-share2, .pluso, .likely, .fb-like, .fb-share-button, .twitter-share-button, .printfriendly, .pf-button
    """,
    "links to other stories": """
        .jp-relatedposts, .yarpp, .yarpp-*, .related, .related-posts, .related-post, .related-articles, .related-article,
        .related-stories, .related-story, .related-content, .related-links, .related-news, .relatedposts, .crp_related,
        .rp4wp-related-posts, .wp-block-jetpack-related-posts, .inline-related, .inline-related-posts, .read-also,
        .readalso, .read-more, .readmore, .more-link, .more-stories, .also-read, .see-also, .recommended, .recommended-posts,
        .you-may-like, .zergnet-widget, .OUTBRAIN, .trc_related_container, .taboola, .taboola-*, .mgid, .digest-post-embed,
        .publication-embed, .wp-block-latest-posts, .wp-block-query, .wp-block-embed-wordpress, .is-provider-related,
        .sqs-block-summary-v2, .field--name-field-related, .field--name-field-related-content, .irp, .irp-*, .IRPP_*,
        .wp-embedded-content*, .kg-bookmark-related, .read-next, .next-post, .post-navigation, .nav-links
    """,
    "a subscription box": """
        .newsletter, .newsletter-*, .newsletter_*, .subscription-widget, .subscription-widget-*, .subscribe-*, .subscribe_*,
        .mc_embed_signup, #mc_embed_signup, .mc4wp-form, .mailpoet_form, .jetpack_subscription_widget, .email-signup,
        .wp-block-jetpack-subscriptions, .kg-signup-card, .gh-subscribe, .tnp, .tnp-*, .sqs-block-newsletter, .signup-form,
        .captioned-button-wrap, .button-wrapper, .install-substack-app-embed, .substack-install, .telegram-subscribe
    """,
    "an appeal for support": """
        .donate, .donate-*, .donation, .donation-*, .support-us, .support-box, .membership-*, .patreon-*, .kg-cta-card,
        .wp-block-jetpack-donations, .give-form-wrap, .become-a-member, .paywall, .paywall-*, .regwall
    """,
    "advertising": """
        .ad, .ads, .advert, .adverts, .advert-*, .advertisement, .advertisement-*, .advertising, .ad-container, .ad-slot,
        .ad-unit, .ad-wrapper, .ad-block, .ad-banner, .adbox, .adsbygoogle, .google-auto-placed, .google-ad, .code-block.code-block-*,
        .ai-viewports, .adace-*, .adfox, .banner-ad, .sponsored-content, .sponsor-box, .td-a-rec, .wpa, .wpai, .dfp-*,
        [id^=google_ads], [id^=div-gpt-ad], [id^=adfox_], amp-ad
    """,
    "a box about the author": """
        .author-box, .author-bio, .author-info, .author-card, .authorbox, .about-author, .post-author-box, .abh_box,
        .saboxplugin-wrap, .molongui-author-box, .m-a-box, .pp-multiple-authors-boxes-wrapper, .wp-block-post-author,
        .wp-block-post-author-biography, .field--name-field-author-bio, .author-profile
    """,
    "comments": """
        #comments, .comments-area, #disqus_thread, .comment-respond, #respond, .fb-comments, .comment-list, .comments-link,
        .wp-block-comments, .discussion, .hypercomments, .poll-embed
    """,
    "a cookie note": """
        .cookie-*, #cookie-notice, .cookies, .cmplz-*, .gdpr-*, .cc-window, .consent-banner
    """,
    "navigation of the page": """
        nav, [role=navigation], .breadcrumb, .breadcrumbs, .breadcrumb-*, .pagination, .page-links, #toc_container,
        #ez-toc-container, .ez-toc-container, .lwptoc, .toc_container, .wp-block-table-of-contents, .skip-link, .back-to-top
    """,
    "labels of the page": """
        .tags, .post-tags, .tag-links, .tags-links, .entry-tags, .tagcloud, .wp-block-tag-cloud, .cat-links, .post-categories,
        .entry-meta, .entry-footer, .post-meta, .posted-on, .wp-block-post-terms, .field--name-field-tags, .node__links,
        .post-views, .pvc_*, .kk-star-ratings, .post-ratings, .reading-time, .estimated-reading-time
    """,
    "for screen readers on the page": """
        .screen-reader-text, .sr-only, .visually-hidden, .visuallyhidden, .element-invisible
    """,
    "a form": """
        form, .wpforms-container, .wpcf7, .gform_wrapper, .hs-form, .ninja-forms-form-wrap, .sqs-block-form,
        .webform-submission-form
    """,
    "a remark of a word processor": """
        .MsoCommentText, .MsoCommentReference, .msocomtxt, .msocomanchor, .msocomoff, .msoDel, [style*='mso-element:comment']
    """,
}

_LINK_WORDS = (
    r"read (?:also|more|next|on)|also read|see also|related(?: (?:stories|story|articles?|news|posts?|coverage|content|links))?"
    r"|more (?:stories|news|on this(?: topic| story)?|from [^.!?]{1,40})|recommended(?: (?:stories|reading|for you))?|you (?:may|might) also like|don.t miss"
    r"|читайте (?:также|ещ[её]|далее|подробнее)|см\. также|смотрите также|по теме|материалы по теме|другие новости|подробнее"
    r"|կարդացեք նաև|կարդացե՛ք նաև|կարդալ ավելին|տե՛ս նաև|տես նաև|առնչվող նյութեր|նաև կարդացեք"
    r"|həmçinin oxuyun|daha ətraflı|oxşar xəbərlər|bu mövzuda|ayrıca oxu(?:yun)?"
    r"|ასევე წაიკითხეთ|წაიკითხეთ (?:ასევე|მეტი|სრულად)|იხილეთ ასევე|მსგავსი (?:ამბები|სტატიები)"
    r"|اقرأ (?:أيضا|أيضاً|أيضًا|المزيد)|(?:مواضيع|أخبار|مقالات) ذات صلة|شاهد أيضا"
    r"|بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|اخبار مرتبط|بخوانید"
)
_SITES = (
    "facebook|twitter|x|instagram|telegram|whatsapp|youtube|tiktok|threads|linkedin|viber|bluesky|vk|вконтакте|telegramda|facebook-ում"
    "|google news|google новости|фейсбуке?|телеграм[а-я-]{0,6}"
)
_SHARE = r"share|tweet|поделиться|կիսվել|paylaş|გაზიარება|مشاركة|اشتراک‌گذاری"
_SHARE_TOO = r"print|e-?mail|copy link|pin(?: it)?|save|like|reddit|pocket|pinterest|link|печать"  # not alone

# A paragraph that begins so, then has a colon, then only a headline or two.
LINK_LINES = {"a link to another story": rf"[►▶»→*•\[(]?\s?(?:{_LINK_WORDS})\s?[:：։՝►»→—–|-]\s?.{{0,220}}"}

# Without a link in it only a line that plainly asks to read something else is one; "Related: ..." may be a sentence.
PLAIN_REQUESTS = r"[►▶»→*•\[(]?\s?(?:read|also read|see also|читайте|см\.|смотрите|կարդա|տե|həmçinin|ayrıca|ასევე|წაიკითხეთ|იხილეთ|اقرأ|بیشتر|همچنین)"

# A heading or line that is only this; a list or lines of links after it go with it.
LINK_HEADINGS = rf"[►▶»→*•]?\s?(?:{_LINK_WORDS})\s?[:：։՝»→…]?"

TEXTS: dict[str, str] = {
    "labels of the page": (
        r"(?:topics?|tags?|filed under|categor(?:y|ies)|keywords|labels|темы?|теги|метки|ключевые слова|рубрик[аи]|պիտակներ|թեմաներ"
        r"|թեգեր|mövzular|teqlər|etiketlər|açar sözlər|თემები|თეგები|ტეგები|الوسوم|الكلمات المفتاحية|برچسب‌?ها|کلیدواژه‌?ها)\s?[:：՝].{0,200}"
    ),
    "advertising": (
        r"[-–—\[(*\s]{0,3}(?:advertisements?|ads?|sponsored(?: content)?|реклама|на правах рекламы|գովազդ|reklam|რეკლამა|إعلان|آگهی|تبلیغات)"
        r"[-–—\])*\s]{0,3}"
        r"|(?:article|story|text) continues (?:below|after)(?: (?:the )?(?:ad|advertisement|this ad|promotion))?\.?"
        r"|scroll (?:down )?to continue(?: reading)?"
    ),
    "share buttons": (
        rf"(?:{_SHARE})(?: (?:this|the|with|on|via|to|it|in|article|story|post|page|friends|by|в|на|ին)| (?:{_SITES}))*[:：]?"
        rf"(?:[\s,|·•/]*(?:{_SITES}|{_SHARE}|{_SHARE_TOO}))*"
        rf"|(?:{_SHARE_TOO})(?:[\s,|·•/]+(?:{_SITES}|{_SHARE}|{_SHARE_TOO}))+"
    ),
    "an invitation to follow": (
        rf"(?:please )?(?:follow|join|find|like|add) (?:us|our|me|the|[\w ]{{1,30}}) ?(?:(?:channel|page|group|news|updates) )?(?:on|at|in|via)"
        rf" (?:our )?(?:{_SITES})(?:[\s,]*(?:and |or |, )?(?:on )?(?:{_SITES}))*(?: (?:channel|page|group|for .{{1,60}}))?[.!]?"
        rf"|join our (?:{_SITES}) (?:channel|group|page|chat)[^.]{{0,60}}[.!]?"
        r"|подпи(?:сывайтесь|шитесь)(?: на)? (?:нас|наш|нашу|наши)\b.{0,120}|следите за нами.{0,100}|читайте нас в .{0,80}"
        r"|հետևե՛?ք մեզ.{0,100}|միացե՛?ք մեր.{0,100}|bizi .{0,60}izləyin[.!]?|(?:telegram|facebook) kanalımıza.{0,80}"
        r"|გამოგვყევით.{0,100}|გამოიწერეთ.{0,100}|تابعونا (?:على|عبر).{0,100}|ما را در .{0,60}دنبال کنید\.?"
    ),
    "a subscription box": (
        r"(?:subscribe|sign up)(?: now| here| today| for free)?(?: (?:to|for) (?:our|the|my) (?:.{1,80} )?(?:newsletter|updates|digest|list|briefing|emails?|channel).{0,80})?[.!]?"
        r"|(?:get|receive) (?:our|the) .{1,60} in your inbox.{0,60}|never miss (?:a|another|an) .{1,60}"
        r"|thanks for reading .{1,80}! subscribe for free.{0,120}|subscribe for free to receive new posts.{0,60}"
        r"|подпи(?:шитесь|сывайтесь) на .{0,40}рассылку.{0,80}"
    ),
    "an appeal for support": (
        r"(?:please )?(?:donate|support us|support our (?:work|journalism|reporting|newsroom)|become a (?:member|patron|supporter))(?: (?:now|today|here|on patreon|via .{1,30}))?[.!]?"
        r"|(?:if you (?:like|enjoy|value|find) .{1,120})(?:consider|please) (?:supporting|donating|donate|support|making|becoming|subscribing).{0,120}"
        r"|(?:поддержите|поддержать) (?:нас|нашу работу|редакцию|проект).{0,80}|աջակցե՛?ք մեզ.{0,80}|დაგვიჭირეთ მხარი.{0,80}|bizə dəstək olun.{0,80}"
    ),
    "comments": (
        r"(?:leave|post|add|write) a (?:comment|reply)\.?|(?:no|\d{1,5}) comments?|comments? (?:are )?closed\.?|join the (?:conversation|discussion)\.?"
        r"|(?:оставить|добавить) комментарий|комментарии(?: закрыты)?|comments?"
    ),
    "a cookie note": r"(?:we|this (?:web)?site) uses? cookies.{0,300}|мы используем (?:файлы )?cookies?.{0,300}|accept (?:all )?cookies",
    "a mark of the page": r"back to top|\[?continue reading\]?.{0,5}|\(?\d{1,3} min(?:ute)?s? read\)?|время чтения:? .{0,20}|click (?:here )?to (?:enlarge|zoom)",
}
