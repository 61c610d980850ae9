"""The schema of SOAP 1.1's encoding, as much of it as our WSDL refers to: zeep would fetch it from the internet."""

from zeep import Transport

ADDRESS = 'http://schemas.xmlsoap.org/soap/encoding/'
SCHEMA = b'''<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://schemas.xmlsoap.org/soap/encoding/"
    targetNamespace="http://schemas.xmlsoap.org/soap/encoding/">
  <xs:attribute name="arrayType" type="xs:string"/>
  <xs:attribute name="offset" type="xs:string"/>
  <xs:complexType name="Array">
    <xs:sequence>
      <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
    </xs:sequence>
    <xs:attribute ref="tns:arrayType"/>
    <xs:attribute ref="tns:offset"/>
  </xs:complexType>
</xs:schema>'''


class TransportWithSchema(Transport):
    def load(self, url):
        return SCHEMA if url == ADDRESS else super().load(url)
