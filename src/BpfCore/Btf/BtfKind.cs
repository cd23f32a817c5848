namespace BpfCore.Btf;

/// <summary>Kinds of BTF types, with the kernel's numbers (<c>BTF_KIND_*</c>, include/uapi/linux/btf.h).</summary>
public enum BtfKind : byte
{
    /// <summary><c>BTF_KIND_UNKN</c>: the type <c>void</c>, which has no record.</summary>
    Void = 0,

    /// <summary><c>BTF_KIND_INT</c>: integer, character or boolean.</summary>
    Int = 1,

    /// <summary><c>BTF_KIND_PTR</c>: pointer.</summary>
    Pointer = 2,

    /// <summary><c>BTF_KIND_ARRAY</c>: array.</summary>
    Array = 3,

    /// <summary><c>BTF_KIND_STRUCT</c>: structure.</summary>
    Struct = 4,

    /// <summary><c>BTF_KIND_UNION</c>: union.</summary>
    Union = 5,

    /// <summary><c>BTF_KIND_ENUM</c>: enumeration with values of up to 32 bits.</summary>
    Enum = 6,

    /// <summary><c>BTF_KIND_FWD</c>: forward declaration of a structure or union.</summary>
    Forward = 7,

    /// <summary><c>BTF_KIND_TYPEDEF</c>: type name.</summary>
    Typedef = 8,

    /// <summary><c>BTF_KIND_VOLATILE</c>: <c>volatile</c> qualifier.</summary>
    Volatile = 9,

    /// <summary><c>BTF_KIND_CONST</c>: <c>const</c> qualifier.</summary>
    Const = 10,

    /// <summary><c>BTF_KIND_RESTRICT</c>: <c>restrict</c> qualifier.</summary>
    Restrict = 11,

    /// <summary><c>BTF_KIND_FUNC</c>: function; its target is a <see cref="FunctionPrototype"/>.</summary>
    Function = 12,

    /// <summary><c>BTF_KIND_FUNC_PROTO</c>: function prototype; its target is the return type.</summary>
    FunctionPrototype = 13,

    /// <summary><c>BTF_KIND_VAR</c>: global variable.</summary>
    Variable = 14,

    /// <summary><c>BTF_KIND_DATASEC</c>: the variables of a data section.</summary>
    DataSection = 15,

    /// <summary><c>BTF_KIND_FLOAT</c>: floating-point number.</summary>
    Float = 16,

    /// <summary><c>BTF_KIND_DECL_TAG</c>: attribute of a declaration.</summary>
    DeclarationTag = 17,

    /// <summary><c>BTF_KIND_TYPE_TAG</c>: attribute of a pointed-to type.</summary>
    TypeTag = 18,

    /// <summary><c>BTF_KIND_ENUM64</c>: enumeration with values of up to 64 bits.</summary>
    Enum64 = 19,
}
