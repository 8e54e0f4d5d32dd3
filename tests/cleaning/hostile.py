"""Bodies that try to run something: in the browser that shows them, or in whoever parses what we wrote once more.

Every attempt calls `pwned()`. Grouped by the idea behind it; most ideas are published attacks on sanitisers, written
out anew here.
"""
# ruff: noqa: E501  an attack is easier to read on one line

HOSTILE = {
    "a script, plainly": "<p>a</p><script>pwned()</script><p>b</p>",
    "a script in pieces": "<scr<script>ipt>pwned()</scr</script>ipt><p>b</p>",
    "a script that nobody closed": "<p>a</p><script>pwned()",
    "events of all kinds": (
        "<p onclick=pwned() onmouseover='pwned()' onfocus=\"pwned()\" tabindex=1 contenteditable>a</p>"
        "<img src=x onerror=pwned()><body onload=pwned()><video onloadstart=pwned() src=x></video>"
        "<details open ontoggle=pwned()>a</details><a href=# onauxclick=pwned()>b</a><div onpointerover=pwned()>c</div>"
    ),
    "events behind odd characters": "<img/src=x/onerror=pwned()><img\tsrc=x\nonerror\x0c=\x0cpwned()><img src=x \x0bonerror=pwned()>",
    "events behind quotes": "<img title='a\" onerror=pwned() ' src=x><img alt='`onerror=pwned()`' src=`x`>",
    "addresses with code": (
        "<a href=javascript:pwned()>a</a><a href='JaVaScRiPt:pwned()'>b</a><a href='java\tscript:pwned()'>c</a>"
        "<a href='&#106;avascript&colon;pwned()'>d</a><a href='\x01javascript:pwned()'>e</a><a href=' javascript:pwned()'>f</a>"
        "<a href='java&NewLine;script:pwned()'>g</a><a href='feed:javascript:pwned()'>h</a><a href='view-source:javascript:x'>i</a>"
        "<a href='data:text/html,<script>pwned()</script>'>j</a><a href='vbscript:pwned()'>k</a><a href='javascript:123'>l</a>"
    ),
    "addresses in other attributes": (
        "<form action=javascript:pwned()><button formaction=javascript:pwned()>a</button></form><object data=javascript:pwned()>"
        "</object><embed src=javascript:pwned()><iframe src=javascript:pwned()></iframe><iframe srcdoc='<script>pwned()</script>'>"
        "</iframe><img src=javascript:pwned()><video poster=javascript:pwned() src=x></video><blockquote cite=javascript:pwned()>q"
        "</blockquote><table background=javascript:pwned()><tr><td>a<td>b</table><a ping=/x href=/y>z</a>"
        "<base href=javascript:pwned()//><meta http-equiv=refresh content='0;url=javascript:pwned()'><link rel=import href=x>"
    ),
    "styles": (
        "<style>@import 'javascript:pwned()';*{background:url(javascript:pwned())}</style>"
        "<p style='background:url(javascript:pwned());width:expression(pwned());behavior:url(x)'>a</p>"
    ),
    "drawings": (
        "<svg onload=pwned()><script>pwned()</script><a xlink:href=javascript:pwned()><text y=9>a</text></a>"
        "<animate onbegin=pwned() attributeName=x /><set attributeName=href to=javascript:pwned() />"
        "<foreignObject><iframe onload=pwned() srcdoc=x></iframe></foreignObject><use href='data:image/svg+xml,x#x' /></svg>"
    ),
    "formulas": "<math><maction actiontype=statusline xlink:href=javascript:pwned()>a</maction><mi href=javascript:pwned()>b</mi></math>",
    "svg and style change places": "<svg></p><style><a id=\"</style><img src=1 onerror=pwned()>\">",
    "math, table, mglyph and style": (
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=pwned()&gt;\">"
    ),
    "form in form in math": (
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>"
    ),
    "desc and title are doors back to html": "<svg><desc><style><img title='</style><img src=x onerror=pwned()>'></desc></svg>",
    "noscript is text or tags": "<noscript><p title=\"</noscript><img src=x onerror=pwned()>\"></noscript>",
    "noscript around a picture": "<noscript><img src=x title='</noscript><script>pwned()</script>'></noscript>",
    "raw text elements": (
        "<xmp><p title='</xmp><img src=x onerror=pwned()>'></xmp><noembed><p title='</noembed><img src=x onerror=pwned()>'></noembed>"
        "<noframes><p title='</noframes><img src=x onerror=pwned()>'></noframes><iframe><p title='</iframe><img src=x onerror=pwned()>'>"
        "</iframe><textarea><p title='</textarea><img src=x onerror=pwned()>'></textarea><title><p title='</title><img src=x "
        "onerror=pwned()>'></title>"
    ),
    "plaintext takes the rest": "<p>a</p><plaintext><img src=x onerror=pwned()>",
    "templates": "<template><script>pwned()</script><img src=x onerror=pwned()></template><div><template shadowrootmode=open><script>pwned()</script></template></div>",
    "comments that end early": "<!--><img src=x onerror=pwned()>--><!--a--!><img src=x onerror=pwned()><!-- --!-><p>b</p>",
    "conditional comments": "<!--[if IE]><script>pwned()</script><![endif]--><![if !IE]><img src=x onerror=pwned()><![endif]>",
    "cdata": "<![CDATA[<img src=x onerror=pwned()>]]><svg><![CDATA[</svg><img src=x onerror=pwned()>]]></svg>]]><script>pwned()</script>",
    "processing instructions": "<?xml-stylesheet href='javascript:pwned()'?><?php echo '<script>pwned()</script>' ?><p>a</p>",
    "entities twice": "<p>&amp;lt;img src=x onerror=pwned()&amp;gt; &lt;script&gt;pwned()&lt;/script&gt;</p>",
    "alternative text as tags": "<img src=/x.jpg alt='\"><script>pwned()</script>' title='</figure><img src=x onerror=pwned()>'>",
    "emoji as tags": "<img class=wp-smiley src=x alt='<img src=x>'><img class=emoji src=x alt='&lt;b&gt;'>",
    "captions as tags": "[caption id='\"><script>pwned()</script>']<img src=/x.jpg> &lt;script&gt;pwned()&lt;/script&gt;[/caption]",
    "titles of players as tags": "<iframe src=https://www.youtube.com/embed/AbCdEfGhIjK title='\"><script>pwned()</script>' onload=pwned()></iframe>",
    "players that are none": (
        "<iframe src=https://www.youtube.com.evil.example/embed/AbCdEfGhIjK></iframe><iframe src='https://evil.example/?https://www"
        ".youtube.com/embed/AbCdEfGhIjK'></iframe><iframe src=https://www.youtube.com@evil.example/embed/AbCdEfGhIjK></iframe>"
        "<div class=flourish-embed data-src='../../x\" onload=pwned() '></div><script data-telegram-post='a/1\"><script>pwned()'></script>"
    ),
    "names that cover the page's own": "<a id=location href=#location>a</a><img name=getElementById src=/x.jpg><form id=document></form>",
    "attributes with odd names": "<p a\"b='x' ='y' <='z' xmlns='http://www.w3.org/2000/svg' xml:base='javascript:' is='x-y' slot=a>b</p>",
    "namespaces by prefix": "<svg:script>pwned()</svg:script><html:img src=x onerror=pwned() /><x xmlns:h='http://www.w3.org/1999/xhtml'><h:script>pwned()</h:script></x>",
    "bad nesting of formatting": "<a href=/x><table><a href=/y><b><p></a>t</b><i><a href=javascript:pwned()>u</i></table><select><b><script>pwned()</script></select>",
    "characters that xml forbids": "<p>a\x00b\x01c\x0bd\ufffee&#0;f&#11;g&#xFFFF;h&#xD800;i</p><scr\x00ipt>pwned()</scr\x00ipt>",
    "half surrogates": "<p title='\udc00'>\ud800a\udfff<img src=/x.jpg alt='\ud83d'></p>",
    "text that runs backwards": "<p>\u202egpj.exe\u202c <a href=https://example.org/\u202etxt>a</a></p>",
    "utf-7 and old encodings": "<meta charset=utf-7>+ADw-script+AD4-pwned()+ADw-/script+AD4-<p>a</p>",
}  # fmt: skip
