#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write tests/sample: a dozen and a half articles, one or more in each input format that parkgraph reads.

The texts were written for parkgraph. Facts about well-known companies and zones are public; small firms
(星海智联, 渝川精密, 澄湖生物 …) are invented. The same run gives the same bytes.
"""

import gzip
import io
import json
import pathlib
import tarfile
import textwrap
import zipfile

OUT = pathlib.Path(__file__).resolve().parent.parent.parent / "tests" / "sample"

JINKE = """\
---
title: 从造房子到办园区：金科在两江新区的一次转身
date: 2019-01-08
author: 本刊编辑部
source: 园区观察
url: https://news.example.org/2019/jinke-liangjiang
tags: [金科, 两江新区, 大健康]
---

# 从造房子到办园区：金科在两江新区的一次转身

提起金科集团（以下简称“金科”），重庆市民首先想到的是住宅小区。不过在两江新区水土高新技术产业园，一片以健康为主题的园区正在改变人们的印象。这片园区叫**两江健康科技城**，由金科投资建设并运营。

两江健康科技城位于水土高新技术产业园内，首期用地六百余亩，已有近四十万平方米厂房和办公楼交付使用。按照规划，园区重点发展医疗器械、医药研发、生物科技和健康管理四个方向，为养老、康复等服务机构预留了空间。

## 谁搬进来了

招商不到一年，园区签下的企业接近百家。东软熙康城市云医院、深圳核子基因、聚会食品科技已经入驻，来自德国的嘉致骨关节康复医院也把西南的第一家分院放在这里。今年春天，渝川精密医疗器械有限公司和星海智联科技有限公司又先后与园区签约，其中星海智联拟在园区设立智慧医疗研发中心。

“做园区和卖房子是两回事，房子卖完就结束了，园区要陪企业走十年。”金科控股董事局主席黄红云这样解释公司的选择。2018年12月28日，金科在悦来国际会议中心对外公布新的发展战略，科技产业投资运营成为与地产开发、社区服务、文旅康养并列的四项业务之一。

## 不止一座城

承担这项业务的是金科产业集团。该公司总部设在北京，是金科集团的全资子公司，目前已进入重庆、长沙、太原、济南等城市。在长沙，金科长沙科技新城聚焦智能制造和环保科技，招引了四百多家企业；在山西，金科山西智慧科技城以智能制造、智慧城市、健康科技为主导产业。

在伙伴方面，金科产业集团与德国SAP公司达成合作，双方计划共建工业智能化创新中心；江津区人民政府则与金科签署协议，准备在当地打造一座智慧科技城。文思海辉将为金科旗下园区提供企业服务平台。

记者了解到，两江新区近年把大健康列为支柱产业之一，希望借助两江健康科技城这样的专业园区补上研发和服务两块短板。
"""

XIAOMI_HTML = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>小米华西总部签约西部（重庆）科学城 - 西部产经网</title>
<meta name="author" content="西部产经网">
<meta property="article:published_time" content="2020-09-17T09:30:00+08:00">
<link rel="canonical" href="https://news.example.org/2020/xiaomi-kexuecheng">
</head>
<body>
<nav><a href="/">首页</a> | <a href="/park">园区</a> | <a href="/company">公司</a> | <a href="/login">登录</a></nav>
<div class="banner">广告：金秋家装节，全场五折起</div>
<article>
<h1>小米华西总部签约西部（重庆）科学城</h1>
<p class="meta">2020年9月17日 09:30　来源：西部产经网　记者 林一舟</p>
<p>线上智博会闭幕次日，重庆高新区交出一份招商清单：西部（重庆）科学城（以下简称“科学城”）在会期内签下四十三个项目，协议投资总额突破一千亿元。</p>
<p>最受关注的是小米。根据协议，小米集团将在科学城建设小米华西总部，承担西南区域的研发、结算和新零售管理职能。小米华西总部落户科学城，意味着这家公司在北京、武汉之后，又在西部布下一枚重要棋子。</p>
<p>与小米同批签约的还有一串名字：苏交科集团拟在科学城设立西南中心，从事工程咨询和检测认证；泰格医药将建设临床研究西部（重庆）中心；IBM重庆分公司落户后，计划引入人工智能、物联网和边缘计算方面的技术团队；万帮数字能源旗下的星星充电把数字能源总部放在科学城，主攻充电网络和储能。</p>
<p>中国平安集团的全资子公司平安建设投资有限公司也是签约方之一，它将投资建设平安建投大健康产业园。该产业园围绕生物药、现代中药和医疗器械三个方向招商，规划用地约一千亩。</p>
<h2>为什么是科学城</h2>
<p>西部（重庆）科学城位于重庆中心城区西部，重庆高新区是它的直管园。园内的西永微电子产业园已经聚集了SK海力士、华润微电子、英业达等企业，形成以集成电路和智能终端为主导的产业集群；西永综合保税区则为出口加工企业提供通关服务。</p>
<p>“我们不拼地价，拼的是配套。”重庆高新区管委会招商部门负责人周晓岚说，科学城将大健康、新一代信息技术、先进制造、高技术服务业确定为四大主导产业，项目是否对得上这四个方向，是谈判桌上的第一个问题。</p>
<p>重庆大学、重庆邮电大学等高校均在科学城设有校区。重庆大学还与科学城共建了超瞬态实验装置。此前，百度与重庆高新区签署协议，百度阿波罗智能汽车研发中心将在科学城落地，重点测试自动驾驶和车路协同技术。</p>
</article>
<aside><h3>热门新闻</h3><ul><li><a href="/1">周末天气转凉</a></li><li><a href="/2">地铁新线试跑</a></li></ul></aside>
<footer>版权所有 © 西部产经网　联系我们　网站地图</footer>
<script>var pv = "小米总部落户火星"; document.title = pv;</script>
</body>
</html>
"""

JINYU_HTML = """\
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>老家具厂里的新工场：走进金隅智造工场</title>
<meta name="pubdate" content="2022-04-20">
</head>
<body>
<table width="100%"><tr><td><a href="index.htm">返回首页</a></td><td>当前位置：新闻中心 &gt; 园区</td></tr></table>
<div id="content">
<h2>老家具厂里的新工场：走进金隅智造工场</h2>
<p>发布时间：2022-04-20　来源：首都园区周刊</p>
<p>　　北京海淀区西三旗，曾经生产天坛家具的车间如今摆满了机器人样机。这里是中关村科学城·金隅智造工场（下称“智造工场”），由金隅集团与海淀区人民政府联合打造，园区的日常运营由北京金隅文化科技发展有限公司承担。</p>
<p>　　智造工场保留了老厂房高大的空间，层高超过六米半的面积占八成以上，适合需要装配和测试场地的硬科技企业。园区聚焦大信息和智能制造两大方向，重点引进人工智能、工业互联网、机器人和智能装备类公司。</p>
<p>　　“我们不是来收房租的。”运营公司经理叶菲介绍，金隅集团旗下的金隅投资物业管理集团专门发起了科创股权投资基金，首期规模两亿元，已向园内三家企业注资。截至今年3月，园区出租率达到98%，六千多名工程师在这里上班。</p>
<p>　　在一号厂房，蓝弧智能机器人有限公司的协作机械臂正在做寿命试验。这家公司2019年入驻智造工场，去年又在园区增设了精密减速器实验室。隔壁的望京云算科技有限公司从事工业软件开发，客户包括中国中车和三一重工。另一家企业海图视觉科技则计划于年底迁入二号厂房。</p>
<p>　　金隅集团总部位于北京，主营水泥、新型建材和地产开发，控股冀东水泥。近年来，集团把腾退的工业用地改造为产业园区，除智造工场外，在西三旗还有金隅智荟中心和金隅启迪孵化器。其中，金隅启迪孵化器由金隅集团与启迪之星合作设立，为初创团队提供孵化服务。</p>
<p>　　海淀区有关部门表示，智造工场是中关村科学城北区的重要节点，下一步拟将周边的三处老旧厂区并入，统一规划为人工智能硬件产业基地。不过，并入方案尚未获批。</p>
</div>
<div align="center">京ICP备00000000号</div>
</body>
</html>
"""

SUZHOU_JSP = """\
<%@ page language="java" contentType="text/html; charset=UTF-8" pageEncoding="UTF-8"%>
<%@ taglib prefix="c" uri="http://java.sun.com/jsp/jstl/core"%>
<% String path = request.getContextPath(); %>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html>
<head>
<title>苏州工业园区：一家药企的二十分钟朋友圈</title>
<link rel="stylesheet" href="<%=path%>/css/main.css" type="text/css"/>
</head>
<body>
<jsp:include page="/common/header.jsp"/>
<div class="nav"><c:forEach items="${menu}" var="m"><a href="${m.url}">${m.name}</a></c:forEach></div>
<div class="main">
<div class="article">
<h1>苏州工业园区：一家药企的二十分钟朋友圈</h1>
<div class="info">2023年6月12日 长三角产经 责任编辑：陆青</div>
<div class="text">
<p>从澄湖生物医药有限公司的实验室出发，步行二十分钟，可以走到它的原料供应商、检测伙伴和投资人那里。这家做抗体药的公司七年前落户苏州生物医药产业园，如今已有三个品种进入临床。</p>
<p>苏州生物医药产业园位于苏州工业园区（以下简称“园区”），由苏州工业园区生物产业发展有限公司运营。信达生物、基石药业、康宁杰瑞都在这里长大。澄湖生物董事长沈知远说，公司需要的填料由同园的纳微科技供应，临床试验则与苏州大学附属第一医院合作。</p>
<p>生物医药之外，园区还重点发展纳米技术应用和人工智能，三者被称为三大新兴产业。苏州纳米城入驻了三百多家纳米企业，其中包括从事第三代半导体的晶澜半导体科技有限公司；在独墅湖科教创新区，中国科学院苏州纳米技术与纳米仿生研究所与西交利物浦大学共建了材料表征平台。微软在园区设有苏州研究院，华为的苏州研究所也在这里，专注企业网络和云服务。</p>
<p>1994年，中国和新加坡两国合作设立苏州工业园区，负责开发的是中新苏州工业园区开发集团股份有限公司。这家公司后来把同样的办法带到了滁州，苏滁现代产业园就是由它投资建设的，以高端装备制造、新能源和营养健康为主导产业。</p>
<p>今年上半年，园区再签下一批项目。德国博世集团将在园区建设新能源汽车核心部件研发和制造基地，总投资约七十亿元；三星电子半导体封测工厂扩建项目正式开工；曾在园区设厂的旭日光学（苏州）有限公司则已于去年迁出，搬往泰州医药高新区附近的新厂。</p>
<p>“如果没有集聚，我们不会选择苏州。”沈知远这样总结。</p>
</div>
</div>
</div>
<jsp:include page="/common/footer.jsp"/>
<script type="text/javascript">var t='<%=path%>';</script>
</body>
</html>
"""

COLUMNS = """\
两江新区再迎一批制造业项目

本报讯　记者昨日从重庆两江新区获悉，在本季度集中签约活动上，共有十七个项目落户两江新区，计划投资二百八十六亿元，涉及智能网联新能源汽车、高端装备和软件信息服务三个领域。

长安汽车是本次签约的主角。按照协议，长安汽车将在鱼复工业开发区建设新能源汽车智能工厂，一期形成年产二十四万辆的能力。鱼复工业开发区位于两江新区东部，园区内已有长安福特、北京现代重庆工厂等整车企业，以及一百多家汽车零部件配套厂商。

为整车配套的企业也跟着来了。宁德时代与赛力斯签署合作协议，双方计划在龙兴工业园共建动力电池生产线；渝川精密的控股子公司渝川智驱科技有限公司拟投资六亿元，在龙兴工业园新建电驱动生产基地，产品主要供应长安汽车和赛力斯。

在照母山片区，软件企业是主力。中软国际西部总部去年入驻两江数字经济产业园，今年又追加投资，设立工业互联网研发中心。仙桃国际大数据谷则聚焦汽车软件，已引进中科创达、黑芝麻智能等企业。

两江新区产业促进局局长何志川表示，新区正与重庆两江投资集团研究设立专项基金，支持汽车电子和功率半导体企业做大。据悉，两江新区明年还将规划一个智能传感器产业园，目前园区选址尚未确定。
"""

PAPER = """\
产业周报　第三版　2021年3月15日　星期一

光谷：一束光照亮一条链
◎ 程以宁
武汉东湖新技术开发区（简称“东湖高新区”）又被叫作“中国光谷”。从一根光纤起步，这里已聚集光电子信息企业一万余家。
长飞光纤、烽火通信、华工科技都把总部设在东湖高新区。在未来三路，长江存储的国家存储器基地二期正在建设；不远处，武汉华星光电的柔性显示面板生产线已经量产。小米武汉总部2019年启用后，金山软件、顺为资本等小米系企业陆续入驻光谷。
东湖高新区党工委副书记邓启明介绍，全区将围绕光电子信息、生命健康、智能制造三大产业布局。位于该区的光谷生物城已成为湖北生物医药企业最集中的园区，国药集团中国生物武汉生物制品研究所、人福医药、华大基因均在园内设有研发或生产机构。

声谷里的“会说话”的企业
◎ 方小禾
走进合肥高新区的中国声谷，前台接待是一台会讲方言的机器人。中国声谷由安徽省信息产业投资控股有限公司参与运营，是全国首个以智能语音和人工智能为主导产业的国家级产业基地。
科大讯飞是这里的龙头。园区六成企业与它有业务往来，晨语科技、讯帆信息向其提供语音数据标注服务。去年底，华米科技总部迁入中国声谷，专注智能可穿戴设备。
全区量子企业也在增多。国盾量子、本源量子均位于合肥高新区，前者从事量子通信，后者研制量子计算机。高新区计划三年内再引进五十家上下游企业。

天府软件园十六年
◎ 高原
成都高新区的天府软件园由成都高投集团旗下的成都天府软件园有限公司运营，园区内的企业超过六百家。IBM、SAP、西门子在这里设立研发中心，腾讯的成都公司也从这里起步。
软件园不再接收一般制造业。该园招商负责人罗伟说，今后三年聚焦数字文创、网络安全和5G应用，目标是把数字经济产值再翻一番。与此同时，成都高新区与成都市双流区共建的天府国际生物城进展顺利，阿斯利康、海思科、先导药物已经落户，园区以生物医药研发和高端医疗器械为主。
"""

FLASHES = [
    {
        "id": "s0001",
        "title": "京东方成都第8.6代生产线封顶",
        "date": "2024-09-25",
        "url": "https://news.example.org/flash/s0001",
        "source": "快讯",
        "content": "京东方投资建设的第8.6代AMOLED生产线项目在成都高新区封顶，该项目聚焦中尺寸柔性显示，每月可产玻璃基板3.2万片。",
    },
    {
        "id": "s0002",
        "title": "小米汽车二期工厂选址亦庄",
        "date": "2024-07-26",
        "url": "https://news.example.org/flash/s0002",
        "source": "快讯",
        "content": "小米汽车工厂位于北京经济技术开发区，一期去年投产。公司近日在开发区再取得一宗工业用地，拟建设二期工厂。小米创始人雷军此前曾表示，公司会长期扎根北京。",
    },
    {
        "id": "s0003",
        "title": "澄湖生物与药明生物签署生产协议",
        "date": "2023-11-02",
        "url": "https://news.example.org/flash/s0003",
        "source": "快讯",
        "content": "澄湖生物公告，与药明生物签署战略合作协议，后者将为公司两款双抗药物提供商业化生产服务。澄湖生物总部位于苏州工业园区。",
    },
    {
        "id": "s0004",
        "title": "晶澜半导体完成B轮融资",
        "date": "2023-05-18",
        "url": "https://news.example.org/flash/s0004",
        "source": "快讯",
        "content": "晶澜半导体宣布完成3亿元B轮融资，元禾控股领投，深创投跟投。公司从事氮化镓功率器件的研发和制造，产品用于储能和数据中心电源。",
    },
    {
        "id": "s0005",
        "title": "传闻不实：渝川精密否认迁址",
        "date": "2023-04-01",
        "url": "https://news.example.org/flash/s0005",
        "source": "快讯",
        "content": "针对公司将迁往成都天府新区的传闻，渝川精密回应称，公司没有迁址计划，不会离开两江新区。",
    },
    {
        "id": "s0006",
        "title": "宁德时代与洛阳市签约",
        "date": "2022-09-28",
        "url": "https://news.example.org/flash/s0006",
        "source": "快讯",
        "content": "宁德时代公告，拟在洛阳市伊滨区投资建设洛阳新能源电池生产基地，总投资不超过140亿元，由控股子公司中州时代新能源科技有限公司实施。",
    },
]

FLASHES_GZ = [
    {
        "id": "z0001",
        "title": "中芯国际临港基地扩产",
        "date": "2023-02-10",
        "content": "中芯国际在临港新片区的12英寸晶圆代工项目加快建设，项目由中芯东方集成电路制造有限公司实施，临港集团提供厂房配套。",
    },
    {
        "id": "z0002",
        "title": "张江科学城再添研发中心",
        "date": "2023-03-07",
        "content": "罗氏制药在张江科学城的创新中心启用，主要从事免疫和抗感染药物研发。张江科学城由张江集团承担开发建设，以集成电路、生物医药、人工智能为主导产业。",
    },
    {
        "id": "z0003",
        "title": "海南：乐城先行区引进医疗项目",
        "date": "2022-08-19",
        "content": "博鳌乐城国际医疗旅游先行区引进四川大学华西医院乐城医院等项目，先行区重点发展医美、康复和肿瘤治疗。先行区管理局局长贾宁出席签约仪式。",
    },
    {
        "id": "z0004",
        "title": "两江健康科技城二期开工",
        "date": "2020-06-30",
        "content": "两江健康科技城二期在两江新区水土片区开工，金科产业集团总经理张宏伟表示，二期将聚焦医疗机器人和体外诊断，预计2022年建成。",
    },
]

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>园区日报</title>
<link>https://rss.example.org/</link>
<description>每日园区新闻</description>
<item>
<title>比亚迪深汕汽车工业园投产</title>
<link>https://rss.example.org/items/1</link>
<pubDate>Wed, 21 Jun 2023 08:00:00 +0800</pubDate>
<dc:creator>园区日报</dc:creator>
<description>比亚迪在深汕特别合作区的汽车工业园投产。</description>
<content:encoded><![CDATA[<p>比亚迪投资建设的深汕比亚迪汽车工业园一期正式投产，主要生产新能源汽车核心零部件，二期将建设整车工厂。园区位于深圳市深汕特别合作区，为其配套的弗迪电池已经进驻。</p><p>比亚迪总部设在深圳市坪山区，公司从事汽车、电池、电子和轨道交通四大业务。</p>]]></content:encoded>
</item>
<item>
<title>松山湖：机器人企业的下午茶</title>
<link>https://rss.example.org/items/2</link>
<pubDate>Mon, 05 Jun 2023 10:20:00 +0800</pubDate>
<description>&lt;p&gt;松山湖国际机器人产业基地由香港科技大学教授李泽湘等人发起，已孵化机器人和智能硬件企业六十余家。基地位于东莞松山湖高新区，固高科技、云鲸智能先后从这里起步。东莞松山湖高新区计划围绕机器人、生物技术和新材料再建三个专业园区。&lt;/p&gt;</description>
</item>
<item>
<title>义乌保税物流园迎来跨境电商企业</title>
<link>https://rss.example.org/items/3</link>
<pubDate>Thu, 11 May 2023 16:45:00 +0800</pubDate>
<description>菜鸟网络与义乌综合保税区签约，将在区内建设智慧物流中心。义乌综合保税区管委会主任楼建中说，综保区以跨境电商和保税物流为主，今年力争再引进二十家企业。</description>
</item>
</channel>
</rss>
"""

ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<title>未来城市观察</title>
<id>urn:example:future-city</id>
<updated>2022-11-20T08:00:00Z</updated>
<entry>
<title>未来科学城“能源谷”渐成气候</title>
<id>urn:example:future-city:1</id>
<link rel="alternate" href="https://atom.example.org/1"/>
<published>2022-11-18T02:00:00Z</published>
<updated>2022-11-18T02:00:00Z</updated>
<author><name>秦越</name></author>
<content type="html">&lt;p&gt;位于北京市昌平区的未来科学城，东区叫“能源谷”，西区叫“生命谷”。国家电网、国家能源集团、中国石油等央企在能源谷设有研究院，重点攻关氢能、储能和智能电网。&lt;/p&gt;&lt;p&gt;生命谷以中关村生命科学园为核心，北京生命科学研究所、百济神州、诺诚健华等机构和企业入驻其中。昌平区政府与清华大学共建的一所医学中心也将选址西区。&lt;/p&gt;</content>
</entry>
<entry>
<title>怀柔科学城：大装置旁边的小公司</title>
<id>urn:example:future-city:2</id>
<link rel="alternate" href="https://atom.example.org/2"/>
<published>2022-11-20T02:00:00Z</published>
<updated>2022-11-20T02:00:00Z</updated>
<content type="text">怀柔科学城集聚了高能同步辐射光源等大科学装置，中国科学院物理研究所、国家空间科学中心在此设有园区。围绕仪器需求，怀柔高端仪器装备产业示范区引进了海峰光谱科技有限公司等一百多家企业，聚焦高端仪器和传感器。海峰光谱的产品已供应怀柔实验室。</content>
</entry>
</feed>
"""

HSINCHU = """\
竹科四十年：從一片茶園到半導體重鎮

【產業特稿】2020年12月15日

新竹科學園區（簡稱「竹科」）本月滿四十歲。四十年前，這裡還是茶園和墳地；今天，園區裡的積體電路、光電和電腦周邊產業撐起了台灣出口的半邊天。

台積電總部設在新竹科學園區，聯發科技、聯華電子也都在園區內。台積電在園區的研發中心明年啟用，將從事兩奈米以下製程的研究。園區管理局表示，生技產業是下一個重點，新竹生醫園區已有四十多家廠商進駐，以醫療器材和新藥研發為主。

清華大學與交通大學緊鄰園區，長年向園區公司輸送人才。聯發科技創辦人、董事長蔡明介曾說，沒有竹科，就沒有今天的聯發科技。

除了新竹，中部科學工業園區和南部科學工業園區也在擴建。友達光電在中部科學工業園區設有面板廠，群創光電則以南部科學工業園區為生產基地。
"""

YIZHUANG = """\
亦庄造车记

发布日期：2024年1月30日　来源：产业纵横

北京经济技术开发区（以下简称“经开区”）又称亦庄开发区，是北京唯一的国家级经济技术开发区。这里最早的整车企业是北京奔驰，由北京汽车与戴姆勒合资组建；最新的一家是小米汽车。

经开区将新一代信息技术、高端汽车和新能源智能汽车、生物技术和大健康、机器人和智能制造确定为四大主导产业。在集成电路方面，中芯国际在经开区建有两座12英寸晶圆厂，北方华创为其供应刻蚀和薄膜设备；京东方的总部也设在经开区，旗下的第8.5代液晶面板生产线于2011年投产。

互联网公司同样看中这里的空间。京东集团总部位于经开区科创十一街，京东物流的无人配送车在园区道路上测试。小马智行、文远知行在北京市高级别自动驾驶示范区获准运营，该示范区由经开区管委会牵头建设。

机器人是新的增长点。去年底，北京人形机器人创新中心有限公司在经开区成立，由小米机器人、优必选、京城机电等企业共同出资。经开区工委书记孔磊表示，开发区将规划建设机器人产业园，首期面积约五十万平方米。

已经搬走的也有。诺基亚曾在星网工业园生产手机，2014年后陆续关闭了生产线，厂房被改造成北工大软件园的一部分。
"""

TIANFU = """\
---
title: "天府新区：公园城市里的数字企业"
date: 2022-02-14
source: 蓉城产经
---

四川天府新区位于成都市南部，兴隆湖畔的西部（成都）科学城是新区的核心区。

海康威视成都科技园项目在西部（成都）科学城启用，主要从事智能安防产品研发。商汤科技、紫光集团先后签约落户，其中紫光芯城项目由紫光集团投资建设。中国科学院成都分院与新区共建成渝（兴隆湖）综合性科学中心。

- 主导产业：新经济、会展博览、文创旅游
- 运营单位：成都天府新区投资集团有限公司

新区还与华为签订协议，拟共建鲲鹏生态基地。
"""

QIANHAI = """\
前海合作区扩区一年

2022年9月6日　湾区观察

前海深港现代服务业合作区（简称“前海合作区”）扩区满一年。一年来，汇丰集团、渣打银行等金融机构在前海设立了财富管理公司，普洛斯、顺丰控股把区域总部迁入前海。

前海合作区重点发展金融、商贸物流、信息服务和科技服务四大领域。腾讯在大铲湾建设的“企鹅岛”属于前海扩区范围，由腾讯投资建设，预计2025年起分期启用。前海管理局与香港贸发局签署了合作备忘录。
"""

LINGANG = """\
临港新片区：一座车城的诞生

来源：滨海产经　日期：2021-12-20

特斯拉上海超级工厂位于中国（上海）自由贸易试验区临港新片区（以下简称“临港新片区”）。以它为圆心，延锋汽车、均胜电子、宁德时代陆续在临港设厂，为特斯拉供应内饰、安全系统和电池。

临港集团是临港新片区的主要开发主体，旗下的上海临港经济发展集团资产管理有限公司运营智能网联汽车产业园。新片区聚焦集成电路、人工智能、生物医药、航空航天等前沿产业，商汤科技的人工智能计算中心已在临港开工建设。中国商飞在浦东祝桥的总装基地与临港大飞机园相邻，大飞机园引进了赛峰集团等企业。
"""

WUXI = """\
<html><head><meta charset="utf-8"><title>无锡高新区：SK海力士与它的邻居们</title></head>
<body><h1>无锡高新区：SK海力士与它的邻居们</h1>
<p>2023-08-03　江南产经</p>
<p>无锡高新区的半导体产业从SK海力士落户开始。2005年，SK海力士在无锡高新区投资建厂，此后华虹半导体、长电科技、卓胜微等企业相继在区内布局。</p>
<p>区内的无锡国家集成电路设计基地由无锡产业发展集团参与投资，重点孵化芯片设计公司。海辰半导体是SK海力士系统集成电路公司与无锡产业集团合资设立的企业，从事8英寸晶圆代工。</p>
<p>无锡高新区还拟规划建设物联网创新园，聚焦传感器和车联网。</p></body></html>
"""


def wrap_columns(text, width=14):
    """Narrow newspaper columns: hard breaks inside sentences and words, an indent at each paragraph."""
    lines = []
    for paragraph in text.strip().split("\n\n"):
        if not lines:
            lines += [paragraph, ""]
            continue
        lines += textwrap.wrap("　　" + paragraph, width, break_on_hyphens=False, drop_whitespace=False)
    return "\n".join(lines) + "\n"


def zip_of(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def tar_gz_of(files):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.mtime = 1704067200
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), mtime=0)


def json_lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def main():
    files = {
        "01-jinke-liangjiang.md": JINKE.encode(),
        "02-xiaomi-kexuecheng.html": XIAOMI_HTML.encode(),
        "03-jinyu-haidian.gb18030.html": JINYU_HTML.encode("gb18030"),
        "04-suzhou-park.jsp": SUZHOU_JSP.encode(),
        "05-liangjiang-columns.txt": wrap_columns(COLUMNS).encode(),
        "06-newspaper-page.txt": PAPER.encode(),
        "07-flash.jsonl": json_lines(FLASHES),
        "08-flash.jsonl.gz": gzip.compress(json_lines(FLASHES_GZ), mtime=0),
        "09-feed.rss.xml": RSS.encode(),
        "10-feed.atom.xml": ATOM.encode(),
        "11-hsinchu.big5.txt": HSINCHU.encode("big5"),
        "12-yizhuang.utf16.txt": YIZHUANG.encode("utf-16"),
        "13-articles.zip": zip_of([("west/tianfu.md", TIANFU.encode()), ("south/qianhai.txt", QIANHAI.encode("gb18030"))]),
        "14-articles.tar.gz": tar_gz_of([("east/lingang.txt", LINGANG.encode()), ("east/wuxi.html", WUXI.encode())]),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (OUT / name).write_bytes(data)


if __name__ == "__main__":
    main()
