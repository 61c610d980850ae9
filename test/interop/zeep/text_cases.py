from expect import ToolkitFault, found, items, same, true


def keeps(name, text):
    """The text comes back as it went, in the answer and from the list."""

    def case(clm):
        group = clm.group(name)
        same('the answer', clm.add(group, 'a', text).errorMessage, text)
        [record] = items(clm.page(group, 0, 10).items)
        same('the list', record.errorMessage, text)

    return case


def empty_text(clm):
    added = clm.add(clm.group('empty-text'), 'a', '')
    answer = clm.last_answer()
    # An element that is there, with no text and not nil: "" by the schema.
    sent = found('<errorMessage[^>]*/>(?=<username)', answer)
    if added.errorMessage is None:
        raise ToolkitFault(sent)
    same('errorMessage', added.errorMessage, '')


def null_structure(clm):
    [record] = items(clm.page('page-one', 0, 1).items)
    answer = clm.last_answer()
    sent = found('<status [^>]*xsi:nil="true"/>(?=</item>)', answer)
    if record.status is not None:
        raise ToolkitFault(sent)


def unicode(clm):
    text = 'Zażółć gęślą jaźń, Ελλάδα, Кириллица, العربية, 日本語, \u00a0\u200b\ufffd'
    group = clm.group('žluťoučký-日本')
    added = clm.add('unicode-' + clm.user, 'přepínač-日本', text)
    same('the record', [added.id, added.errorMessage], ['přepínač-日本', text])
    job = clm.job(clm.start('fail', group=group))
    same('jobGroup', job.jobGroup, group)


CASES = {
    'empty-text': empty_text,
    'null-text': keeps('null-text', None),
    'null-structure': null_structure,
    'white-space': keeps('white-space', '  two before,\ttab,\n\nnew lines,   three within, two after  '),
    'carriage-return': keeps('carriage-return', 'one\r\ntwo\rthree'),
    'unicode': unicode,
    'unicode-beyond-bmp': keeps('unicode-beyond-bmp', '😀 𝔘𝔫𝔦 𠀋 👩‍👩‍👧 \U0010fffd'),
    'xml-characters': keeps('xml-characters', '<a href="x">&amp; & \'b\' ]]> <!-- c --> <![CDATA[d]]></a>'),
    'long-text': keeps('long-text', '0123456789abcdef' * 5_760),
}
